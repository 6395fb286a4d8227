package dev.offload.spring.test;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.spi.TaskStore;
import dev.offload.spring.test.ReportsApplication.Reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link OffloadTest} whose tasks run inline.
 */
@OffloadTest
class OffloadTestTests {

	@Autowired
	private Reports reports;

	@Autowired
	private OffloadRecorder offload;

	@Autowired
	@Qualifier("pdf")
	private OffloadExecutor pdf;

	// What came before a test is not in its record.
	@Autowired
	void callBeforeTheTestBegins(Reports reports) {
		reports.report("0");
	}

	@Test
	void callIsRecordedWithItsArguments() {
		assertThat(this.reports.report("7")).isEqualTo("7 by " + ProcessHandle.current().pid());
		assertThat(this.reports.report("8")).startsWith("8");
		assertThat(this.offload).submitted("pdf").times(2);
		assertThat(this.offload).submitted("pdf").method("render").withArguments("7").times(1).succeeded();
		assertThat(this.offload).submitted("pdf").withArgumentsMatching((arguments) -> "8".equals(arguments[0]));
		assertThat(this.offload).submittedNothing("mail");
	}

	// With it, Spring Boot would take it for the caches of every application.
	@Test
	void starterDoesNotBringCaffeine(@Autowired TaskStore store) {
		assertThat(store).hasToString("in memory");
	}

	@Test
	void recordIsEmptyWhenATestBegins() {
		assertThat(this.offload).submittedNothing();
	}

	@Test
	void failureIsRecorded() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.reports.report(""));
		assertThat(this.offload).submitted("pdf").failedWith(IllegalArgumentException.class);
	}

	@Test
	void argumentThatCannotBeSentFailsHereToo() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.reports.reportLock());
		assertThat(this.offload).submitted("mail").method("echo").failedWith(PayloadException.class);
	}

	@Test
	void futureIsRecordedWithItsOutcome() {
		assertThat(this.reports.reportLater("7").join()).isEqualTo("7");
		assertThat(this.offload).submitted("pdf").method("renderLater").succeeded();
	}

	@Test
	void taskOfAnExecutorBeanIsRecorded() throws Exception {
		assertThat(this.pdf.call(() -> 2 + 3)).isEqualTo(5);
		assertThat(this.pdf.spec().type()).isEqualTo(ExecutorSpec.INLINE);
		assertThat(this.offload).submitted("pdf").succeeded();
		assertThat(this.offload.tasks()).singleElement().satisfies((task) -> assertThat(task.method()).isNull());
	}

	@Test
	void assertionThatFailsListsWhatWasSubmitted() {
		this.reports.report("7");
		RecordedTasksAssert tasks = assertThat(this.offload).submitted("pdf");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> tasks.withArguments("9"))
			.withMessageContainingAll("with arguments [9]", "'pdf': render[7], succeeded");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(tasks::failed)
			.withMessageContaining("'pdf': render[7], succeeded");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> tasks.times(2))
			.withMessageContaining("2 times, but there were 1");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.offload).submittedNothing("pdf"))
			.withMessageContaining("render[7]");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.offload).submitted("mail"))
			.withMessageContaining("given to executor 'mail'");
	}

	/**
	 * A test within it has the same context.
	 */
	@Nested
	class NestedTests {

		@Test
		void contextIsThatOfTheOuterTest(@Autowired ApplicationContext context, @Autowired OffloadRecorder recorder) {
			assertThat(recorder).isSameAs(OffloadTestTests.this.offload).isSameAs(context.getBean("offloadRecorder"));
			assertThat(recorder).submittedNothing();
		}

	}

}
