package dev.offload.spring.test.wrapped;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.TaskStream;
import dev.offload.spring.test.OffloadRecorder;
import dev.offload.spring.test.OffloadTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls of wrapped objects, whose interface only this package knows.
 */
@OffloadTest
class WrappedObjectTests {

	@Test
	void callOfAWrappedObjectIsRecorded(@Autowired @Qualifier("pdf") OffloadExecutor pdf,
			@Autowired OffloadRecorder offload) {
		Greeting greeting = pdf.wrapType(Greeting.class, Hello.class);
		assertThat(greeting.greet("Ada")).isEqualTo("Hello Ada");
		assertThat(offload).submitted("pdf").method("greet").withArguments("Ada").succeeded();
	}

	@Test
	void callOfAnExecutorOfTheRegistryIsRecorded(@Autowired ExecutorRegistry registry,
			@Autowired OffloadRecorder offload) throws Exception {
		assertThat(registry.require("mail").call(() -> 1)).isEqualTo(1);
		assertThat(offload).submitted("mail").times(1).succeeded();
	}

	@Test
	void streamOfAnExecutorIsRecorded(@Autowired @Qualifier("pdf") OffloadExecutor pdf,
			@Autowired OffloadRecorder offload) {
		try (TaskStream<Integer> numbers = pdf.stream(() -> Stream.of(1, 2))) {
			assertThat(numbers.items()).containsExactly(1, 2);
		}
		assertThat(offload).submitted("pdf").times(1).succeeded();
	}

	/**
	 * What is wrapped.
	 */
	interface Greeting {

		String greet(String name);

	}

	/**
	 * What each worker makes once.
	 */
	static class Hello implements Greeting {

		@Override
		public String greet(String name) {
			return "Hello " + name;
		}

	}

}
