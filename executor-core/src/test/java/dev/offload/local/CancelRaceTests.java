package dev.offload.local;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cancels tasks on their way to a thread.
 */
class CancelRaceTests {

	// A task whose interrupt is lost sleeps on, and those behind it wait for it.
	@Test
	void cancelReachesATaskHoweverCloseItIsToItsThread() {
		Random random = new Random(1);
		try (OffloadExecutor executor = new ThreadExecutorFactory().create(ExecutorSpec.builder("race")
			.type(ExecutorSpec.THREAD)
			.maxWorkers(1)
			.maxPending(1000)
			.killGrace(Duration.ofMinutes(5))
			.closeTimeout(Duration.ZERO)
			.build())) {
			for (int i = 0; i < 300; i++) {
				List<TaskHandle<Boolean>> sleeping = IntStream.range(0, 30)
					.mapToObj((each) -> executor.submit(CancelRaceTests::sleep))
					.toList();
				for (TaskHandle<Boolean> task : sleeping) {
					LockSupport.parkNanos(random.nextInt(20_000));
					task.cancel();
				}
				assertThat(executor.submit(() -> 1).future()).succeedsWithin(Duration.ofSeconds(10));
			}
		}
	}

	private static boolean sleep() throws InterruptedException {
		Thread.sleep(Duration.ofMinutes(4).toMillis());
		return true;
	}

}
