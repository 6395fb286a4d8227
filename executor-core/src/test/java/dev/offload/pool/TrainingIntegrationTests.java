package dev.offload.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;
import dev.offload.process.JvmWorkerLauncher;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Training} with a launcher that trains nobody.
 */
class TrainingIntegrationTests extends AbstractPool {

	@Test
	void laterWorkerIsTrainedAfterOneThatWasNotAndCloseInterruptsTheWait() throws Exception {
		TurnlessLauncher launcher = new TurnlessLauncher();
		OffloadExecutor executor = closedLater(ProcessExecutorFactory.builder()
			.launcher(launcher)
			.trainingDelay(Duration.ZERO)
			.applicationPackages("dev.offload")
			.build()
			.create(spec().build()));
		pidOf(executor);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> launcher.trained.size() == 1);
		// The plan is free again a moment after the launcher has returned.
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			if (launcher.trained.size() == 1) {
				kill(pidOf(executor));
			}
			return launcher.trained.size() > 1;
		});
		executor.close();
		assertThat(launcher.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(launcher.trained.get(1).toString().length())
			.isLessThanOrEqualTo(launcher.launched.get(0).toString().length());
	}

	/**
	 * Has nothing to gain at first, and then waits for its turn for ever.
	 */
	private static final class TurnlessLauncher implements WorkerLauncher {

		private final WorkerLauncher launcher = new JvmWorkerLauncher();

		private final List<Path> launched = new CopyOnWriteArrayList<>();

		private final List<Path> trained = new CopyOnWriteArrayList<>();

		private final CountDownLatch interrupted = new CountDownLatch(1);

		@Override
		public WorkerProcess launch(WorkerLaunch launch) throws IOException {
			this.launched.add(launch.socket());
			return this.launcher.launch(launch);
		}

		@Override
		public WorkerProcess train(WorkerLaunch launch) {
			this.trained.add(launch.socket());
			if (this.trained.size() > 1) {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					this.interrupted.countDown();
				}
			}
			return null;
		}

	}

}
