package dev.offload.pool;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerDeath;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the pool without any process.
 */
class WorkerPoolTests {

	private static final int TASKS = 20_000;

	@Test
	void snapshotsAndSubmissionsAtOnceDoNotBlockEachOther() throws Exception {
		ExecutorSpec spec = ExecutorSpec.builder("busy").maxWorkers(2).maxPending(TASKS).build();
		OffloadExecutor executor = ProcessExecutorFactory.builder().launcher(SilentProcess::new).build().create(spec);
		CompletableFuture<Void> submissions = CompletableFuture.runAsync(() -> submitAll(executor),
				WorkerPoolTests::start);
		CompletableFuture<Void> snapshots = CompletableFuture.runAsync(() -> {
			while (!submissions.isDone()) {
				executor.snapshot();
			}
		}, WorkerPoolTests::start);
		CompletableFuture.allOf(submissions, snapshots).get(60, TimeUnit.SECONDS);
		assertThat(executor.snapshot().queued()).isEqualTo(TASKS);
		executor.closeNow();
		assertThat(executor.snapshot().workers()).isEmpty();
	}

	// The common pool may have a single thread.
	private static void start(Runnable action) {
		new Thread(action, "test-pool").start();
	}

	private static void submitAll(OffloadExecutor executor) {
		for (int i = 0; i < TASKS; i++) {
			executor.submit(Faults::pid);
		}
	}

	/**
	 * A worker that never says anything, and ends when it is killed.
	 */
	private static final class SilentProcess implements WorkerProcess {

		private final CompletableFuture<WorkerDeath> end = new CompletableFuture<>();

		SilentProcess(WorkerLaunch launch) {
			assertThat(launch.executor()).isEqualTo("busy");
		}

		@Override
		public long pid() {
			return -1;
		}

		@Override
		public void identify(long pid) {
			throw new IllegalStateException("It never told who it is");
		}

		@Override
		public boolean isAlive() {
			return !this.end.isDone();
		}

		@Override
		public void kill() {
			this.end.complete(new WorkerDeath(-1, null, "SIGKILL", "was killed", List.of(), null, null));
		}

		@Override
		public CompletableFuture<WorkerDeath> onEnd() {
			return this.end;
		}

		@Override
		public List<String> lastOutput() {
			return List.of();
		}

	}

}
