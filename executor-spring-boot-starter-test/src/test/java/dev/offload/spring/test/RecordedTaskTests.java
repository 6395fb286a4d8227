package dev.offload.spring.test;

import java.lang.reflect.Method;

import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.Invocation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for recorded tasks.
 */
class RecordedTaskTests {

	@Test
	void argumentsOfASuspendFunctionAreThoseThatItsCallerGave() throws Exception {
		Method method = Suspending.class.getDeclaredMethod("render", String.class, Continuation.class);
		@Nullable Object[] arguments = { "7", null };
		RecordedTask task = RecordedTask.of("pdf", Invocation.onBean("renderer", method, arguments));
		assertThat(task.arguments()).containsExactly("7");
		assertThat(task.toString()).contains("render[7]");
	}

	// For the one who looks at the method it is one of Kotlin.
	@Metadata
	interface Suspending {

		Object render(String number, Continuation<? super String> continuation);

	}

}
