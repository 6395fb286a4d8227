package dev.offload.test.chaos;

import java.time.Duration;
import java.util.Random;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerSpec;

/**
 * One phase under load.
 *
 * @param name what the table calls it
 * @param spec the pool
 * @param inFlight how many tasks are under way at a time
 * @param mix makes the tasks
 * @param disturbance what is done to the workers
 * @param period how often
 * @param expectation which failures that provokes
 * @param successShare the least share of tasks that succeed
 */
record LoadPlan(String name, ExecutorSpec spec, int inFlight, Mix mix, Disturbance disturbance, Duration period,
		Tally.Expectation expectation, double successShare) {

	private static final int WORKERS = 4;

	private static final int MANY = 64;

	private static final long HEAP_BYTES = 32L * 1024 * 1024;

	private static final String LARGE = "x".repeat(100 * 1024);

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private static final Duration HANG_LIMIT = Duration.ofSeconds(2);

	static LoadPlan kills(Duration period, double successShare) {
		return new LoadPlan("kill -9 every " + period.toMillis() + " ms", pool("kills").build(), MANY, LoadPlan::mixed,
				Disturbance.KILL, period, (task, reason) -> reason.equals(Tally.CRASHED), successShare);
	}

	static LoadPlan stopsOfBusy() {
		return new LoadPlan("SIGSTOP of busy workers",
				pool("stops").timeout(LIMIT).killGrace(Duration.ofMillis(100)).build(), MANY, LoadPlan::mixed,
				Disturbance.STOP, Duration.ofMillis(500), (task, reason) -> reason.equals(Tally.TIMED_OUT), 0);
	}

	// One task at a time: most of those that are stopped do nothing, and nobody asks
	// them.
	static LoadPlan stopsOfIdle() {
		ExecutorSpec spec = pool("idle-stops").minWorkers(WORKERS)
			.timeout(LIMIT)
			.killGrace(Duration.ofMillis(100))
			.hangTimeout(HANG_LIMIT)
			.build();
		return new LoadPlan("SIGSTOP of idle workers", spec, 1, LoadPlan::mixed, Disturbance.STOP,
				Duration.ofSeconds(1), (task, reason) -> reason.equals(Tally.TIMED_OUT) || reason.equals(Tally.CRASHED),
				0);
	}

	static LoadPlan fullHeaps() {
		return new LoadPlan("tasks that use up the heap", pool("heaps").build(), MANY, LoadPlan::withFullHeaps,
				Disturbance.NONE, LIMIT,
				(task, reason) -> task.work() == ChaosTask.Work.USE_UP_HEAP && reason.equals(Tally.CRASHED), 0);
	}

	private static ExecutorSpec.Builder pool(String name) {
		return ExecutorSpec.builder("chaos-" + name)
			.maxWorkers(WORKERS)
			.maxPending(10 * MANY)
			.worker(WorkerSpec.builder().heapBytes(HEAP_BYTES).build());
	}

	// Up to 50 ms, most of them waiting, some computing, some with a large payload.
	private static ChaosTask mixed(long id, String log, Random random) {
		boolean spins = random.nextInt(10) == 0;
		return new ChaosTask(id, log, spins ? ChaosTask.Work.SPIN : ChaosTask.Work.SLEEP,
				random.nextInt(spins ? 11 : 51), (random.nextInt(8) == 0) ? LARGE : "");
	}

	private static ChaosTask withFullHeaps(long id, String log, Random random) {
		return (random.nextInt(50) == 0) ? new ChaosTask(id, log, ChaosTask.Work.USE_UP_HEAP, 0, "")
				: mixed(id, log, random);
	}

	/**
	 * Makes the tasks of a load.
	 */
	interface Mix {

		ChaosTask next(long id, String log, Random random);

	}

}
