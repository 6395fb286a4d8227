package dev.offload.contract;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.offload.Batch;
import dev.offload.BatchOptions;
import dev.offload.ItemOutcome;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches on executors of type process, and what only happens there.
 */
class ProcessBatchContractIntegrationTests extends BatchContract {

	@Override
	ExecutorFactory factory() {
		return ProcessExecutorFactory.builder().build();
	}

	@Test
	void mapWhenAnItemTakesItsWorkerAlongFailsItsChunkOnly() {
		List<Integer> items = IntStream.range(0, 40).boxed().toList();
		Batch<Integer> batch = executor().map(items, (item) -> {
			if (item == 13) {
				Runtime.getRuntime().halt(7);
			}
			return item;
		}, BatchOptions.chunksOf(4));
		assertThat(batch.outcomes()).filteredOn((outcome) -> !outcome.succeeded())
			.allSatisfy((outcome) -> assertThat(outcome.failure()).isInstanceOf(WorkerCrashException.class))
			.extracting(ItemOutcome::index)
			.containsExactly(12L, 13L, 14L, 15L);
	}

	@Test
	void mapWhenAnItemIsOverTheTimeFailsItsChunkOnly() {
		List<Integer> items = IntStream.range(0, 12).boxed().toList();
		TaskOptions limited = TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(300)).withId("limited");
		Batch<Integer> batch = executor().map(items, (item) -> {
			if (item == 5) {
				Thread.sleep(60_000);
			}
			return item;
		}, BatchOptions.chunksOf(3).withTasks(limited));
		assertThat(batch.outcomes()).filteredOn((outcome) -> !outcome.succeeded())
			.allSatisfy((outcome) -> assertThat(outcome.failure()).isInstanceOf(TaskTimeoutException.class)
				.hasMessageContaining("limited-2"))
			.extracting(ItemOutcome::index)
			.containsExactly(3L, 4L, 5L);
	}

}
