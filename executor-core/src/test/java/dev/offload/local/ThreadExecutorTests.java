package dev.offload.local;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what only executors of type thread do.
 */
class ThreadExecutorTests {

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("test-lazy"))
			.toList();
	}

	@Test
	void newExecutorTakesTasksAndStartsItsThreadsWithTheFirst() throws Exception {
		ExecutorSpec spec = ExecutorSpec.builder("test-lazy").type(ExecutorSpec.THREAD).maxWorkers(4).build();
		try (OffloadExecutor executor = new ThreadExecutorFactory().create(spec)) {
			assertThat(threads()).isEmpty();
			assertThat(executor.call(() -> Thread.currentThread().getName())).isEqualTo("test-lazy-task-1");
			assertThat(threads()).containsExactly("test-lazy-task-1");
		}
	}

}
