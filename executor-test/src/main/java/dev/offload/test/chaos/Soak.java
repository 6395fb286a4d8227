package dev.offload.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerSpec;
import dev.offload.WorkerState;
import dev.offload.pool.ProcessExecutorFactory;

/**
 * Many small tasks through one pool that recycles its workers: what the service holds
 * must not grow with their number.
 */
final class Soak {

	private static final int WORKERS = 2;

	private static final int IN_FLIGHT = 128;

	private static final int STEPS = 10;

	private static final int RECYCLES_PER_STEP = 10;

	private static final Duration HANG = Duration.ofSeconds(60);

	private static final long HEAP_SLACK = 8L * 1024 * 1024;

	private static final int SLACK = 16;

	private final int tasks;

	private final AtomicInteger succeeded = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final List<SoakSample> samples = new ArrayList<>();

	Soak(int tasks) {
		this.tasks = tasks;
	}

	List<SoakSample> run() throws Exception {
		try (OffloadExecutor executor = new ProcessExecutorFactory().create(spec())) {
			long start = System.nanoTime();
			int step = Math.max(1, this.tasks / STEPS);
			submit(executor, Math.min(step, 1000));
			awaitFull(executor);
			this.samples.add(SoakSample.take(0, 0, executor.snapshot().workersStarted()));
			for (int done = 0; done < this.tasks; done += step) {
				submit(executor, Math.min(step, this.tasks - done));
				awaitFull(executor);
				this.samples.add(SoakSample.take(Math.min(this.tasks, done + step), System.nanoTime() - start,
						executor.snapshot().workersStarted()));
			}
		}
		return this.samples;
	}

	private ExecutorSpec spec() {
		return ExecutorSpec.builder("chaos-soak")
			.maxWorkers(WORKERS)
			.minWorkers(WORKERS)
			.maxPending(10 * IN_FLIGHT)
			.maxTasksPerWorker(Math.max(1, this.tasks / STEPS / RECYCLES_PER_STEP))
			.worker(WorkerSpec.builder().heapBytes(32L * 1024 * 1024).build())
			.build();
	}

	private void submit(OffloadExecutor executor, int number) throws InterruptedException {
		Semaphore room = new Semaphore(IN_FLIGHT);
		for (int i = 0; i < number; i++) {
			take(room, 1);
			var unused = executor.submit(() -> 1).future().whenComplete((answer, failure) -> {
				((failure != null) ? this.failed : this.succeeded).incrementAndGet();
				room.release();
			});
		}
		take(room, IN_FLIGHT);
	}

	private static void take(Semaphore room, int number) throws InterruptedException {
		if (!room.tryAcquire(number, HANG.toSeconds(), TimeUnit.SECONDS)) {
			throw new IllegalStateException("No task came to its end for " + HANG);
		}
	}

	// Until all workers are ready and none is on its way out.
	private static void awaitFull(OffloadExecutor executor) throws InterruptedException {
		long end = System.nanoTime() + HANG.toNanos();
		while (!isFull(executor.snapshot().workers())) {
			if (System.nanoTime() - end > 0) {
				throw new IllegalStateException("The workers are not replaced: " + executor.snapshot().workers());
			}
			Thread.sleep(10);
		}
	}

	private static boolean isFull(List<WorkerSnapshot> workers) {
		return workers.size() == WORKERS && workers.stream().allMatch((worker) -> worker.state() == WorkerState.IDLE);
	}

	// One line for each promise that was broken.
	List<String> broken() {
		List<String> broken = new ArrayList<>();
		if (this.failed.get() > 0) {
			broken.add("soak: " + this.failed + " tasks failed");
		}
		flat("the heap", SoakSample::heapBytes, HEAP_SLACK, broken);
		flat("the number of file descriptors", SoakSample::descriptors, SLACK, broken);
		flat("the number of threads", SoakSample::threads, SLACK, broken);
		return broken;
	}

	// The second half must not be above the first but for what comes and goes.
	private void flat(String what, ToLongFunction<SoakSample> value, long slack, List<String> broken) {
		int half = this.samples.size() / 2;
		long before = this.samples.subList(0, half).stream().mapToLong(value).max().orElseThrow();
		long after = this.samples.subList(half, this.samples.size()).stream().mapToLong(value).max().orElseThrow();
		if (after > before + slack) {
			broken.add("soak: " + what + " grew from " + before + " to " + after);
		}
	}

}
