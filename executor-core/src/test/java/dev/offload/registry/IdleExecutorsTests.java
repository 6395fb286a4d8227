package dev.offload.registry;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what executors cost that have no task.
 */
class IdleExecutorsTests {

	@Test
	void executorsWithoutATaskHaveNeitherThreadNorProcess() {
		try (StandardExecutorRegistry registry = StandardExecutorRegistry.create()) {
			for (int i = 0; i < 100; i++) {
				for (String type : List.of(ExecutorSpec.PROCESS, ExecutorSpec.THREAD, ExecutorSpec.INLINE)) {
					registry.getOrCreate(ExecutorSpec.builder("idle-" + type + "-" + i).type(type).build());
				}
			}
			assertThat(registry.executors()).hasSize(300);
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("idle-"));
			assertThat(ProcessHandle.current().children()).isEmpty();
		}
	}

}
