package dev.offload.spring.test.wrapped;

import java.io.Serializable;
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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

	@Test
	void streamOfAWrappedObjectIsRecordedWithItsEnd(@Autowired @Qualifier("pdf") OffloadExecutor pdf,
			@Autowired OffloadRecorder offload) throws Exception {
		try (Stream<String> letters = pdf.wrapType(Greeting.class, Hello.class).spell("Ada")) {
			assertThat(letters).containsExactly("A", "d", "a");
		}
		assertThat(offload).submitted("pdf").method("spell").withArguments("Ada").succeeded();
		offload.clear();
		try (Stream<String> letters = pdf.wrap(Greeting.class, new Hello()).spell("")) {
			assertThatIllegalArgumentException().isThrownBy(letters::toList);
		}
		assertThat(offload).submitted("pdf").method("spell").failed();
	}

	/**
	 * What is wrapped.
	 */
	interface Greeting {

		String greet(String name);

		Stream<String> spell(String name);

	}

	/**
	 * What each worker makes once.
	 */
	static class Hello implements Greeting, Serializable {

		private static final long serialVersionUID = 1L;

		@Override
		public String greet(String name) {
			return "Hello " + name;
		}

		@Override
		public Stream<String> spell(String name) {
			if (name.isEmpty()) {
				throw new IllegalArgumentException("no name");
			}
			return name.chars().mapToObj(Character::toString);
		}

	}

}
