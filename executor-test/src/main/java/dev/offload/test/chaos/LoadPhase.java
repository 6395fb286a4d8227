package dev.offload.test.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.test.FaultTasks;
import dev.offload.test.Leftovers;

/**
 * Keeps a pool under load while its workers are struck, and counts what became of each
 * task: as its future says, and as the workers noted before they ran it.
 */
final class LoadPhase {

	/** More than any limit of a pool: a task that takes longer never ends. */
	private static final Duration HANG = Duration.ofSeconds(60);

	/** Idle threads of an executor end within 10 seconds. */
	private static final Duration CLEANUP = Duration.ofSeconds(20);

	private final LoadPlan plan;

	private final Random random;

	private final Tally tally = new Tally();

	/** Written by the thread that strikes, read when it has ended. */
	private int strikes;

	/** Written by the thread that submits. */
	private volatile boolean over;

	LoadPhase(LoadPlan plan, long seed) {
		this.plan = plan;
		this.random = new Random(seed);
	}

	LoadResult run(Duration time) throws Exception {
		Leftovers before = Leftovers.now();
		Path log = Files.createTempDirectory("chaos-");
		try {
			long started = load(time, log);
			Map<Long, Integer> runs = ExecutionLog.read(log);
			return LoadResult.of(this.plan, this.tally, runs, this.strikes, started,
					Leftovers.growthAfter(before, CLEANUP));
		}
		finally {
			ExecutionLog.delete(log);
		}
	}

	// Returns how many workers were started.
	private long load(Duration time, Path log) throws Exception {
		try (OffloadExecutor executor = new ProcessExecutorFactory().create(this.plan.spec())) {
			executor.call(FaultTasks.spinFor(Duration.ZERO));
			Thread striker = new Thread(() -> strike(executor), "chaos-striker");
			striker.start();
			Semaphore room = submitUntil(executor, System.nanoTime() + time.toNanos(), log);
			this.over = true;
			this.tally.end();
			striker.join();
			if (!room.tryAcquire(this.plan.inFlight(), HANG.toSeconds(), TimeUnit.SECONDS)) {
				executor.closeNow();
			}
			return executor.snapshot().workersStarted();
		}
	}

	private Semaphore submitUntil(OffloadExecutor executor, long end, Path log) throws InterruptedException {
		Semaphore room = new Semaphore(this.plan.inFlight());
		this.tally.start();
		for (long id = 0; System.nanoTime() - end < 0; id++) {
			if (!room.tryAcquire(HANG.toSeconds(), TimeUnit.SECONDS)) {
				break;
			}
			submit(executor, this.plan.mix().next(id, log.toString(), this.random), room);
		}
		return room;
	}

	private void submit(OffloadExecutor executor, ChaosTask task, Semaphore room) {
		this.tally.submitted(task);
		try {
			var unused = executor.submit(task).future().whenComplete((answer, failure) -> {
				if (failure == null) {
					this.tally.succeeded(task, answer);
				}
				else {
					this.tally.failed(task, failure, this.plan.expectation());
				}
				room.release();
			});
		}
		catch (OffloadException ex) {
			this.tally.refused(task, ex);
			room.release();
		}
	}

	private void strike(OffloadExecutor executor) {
		Random choice = new Random(this.plan.name().hashCode());
		long next = System.nanoTime() + this.plan.period().toNanos();
		try {
			while (!this.over) {
				if (System.nanoTime() - next >= 0) {
					next += this.plan.period().toNanos();
					this.strikes += this.plan.disturbance().strikeOne(executor, choice) ? 1 : 0;
				}
				Thread.sleep(1);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
