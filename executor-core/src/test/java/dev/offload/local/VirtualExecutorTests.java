package dev.offload.local;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link VirtualExecutorFactory}.
 */
class VirtualExecutorTests {

	private static OffloadExecutor create() {
		return new VirtualExecutorFactory().create(ExecutorSpec.builder("light").type(ExecutorSpec.VIRTUAL).build());
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void createWhenJdkHasNoVirtualThreadsSaysWhatToDo() {
		assertThatExceptionOfType(OffloadException.class).isThrownBy(VirtualExecutorTests::create)
			.withMessageContaining("'light'")
			.withMessageContaining("needs JDK 21")
			.withMessageContaining("use type thread");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void taskWhenRunIsOnVirtualThread() throws Exception {
		try (OffloadExecutor executor = create()) {
			assertThat(executor.call(() -> Thread.currentThread().toString())).startsWith("VirtualThread[")
				.contains("light-task-");
		}
	}

}
