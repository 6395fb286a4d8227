package dev.offload.pool;

import java.nio.file.Files;
import java.nio.file.Path;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import dev.offload.OffloadExecutor;
import dev.offload.WorkerCrashException;
import dev.offload.spi.OutputRedactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what a redactor takes out of what workers print.
 */
class OutputRedactionIntegrationTests extends AbstractPool {

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.offload.worker.pool");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void recordLog() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void releaseLog() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void lineReachesNothingAsItWas() {
		OffloadExecutor executor = create((line) -> line.replaceAll("password=\\w+", "password=***"));
		WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class, () -> executor.call(() -> {
			System.out.println("login with password=hunter2 now");
			return Faults.halt(9);
		}));
		assertThat(failure.lastOutput()).contains("login with password=*** now");
		assertThat(failure).hasMessageContaining("password=***").hasMessageNotContaining("hunter2");
		assertThat(failure.report().toString()).doesNotContain("hunter2");
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.anySatisfy((line) -> assertThat(line).contains("password=***"))
			.noneSatisfy((line) -> assertThat(line).contains("hunter2"));
	}

	@Test
	void lineOfARedactorThatFailsIsLeftOut() {
		OffloadExecutor executor = create((line) -> {
			if (line.startsWith("none")) {
				return null;
			}
			throw new IllegalStateException("cannot redact " + line);
		});
		WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class, () -> executor.call(() -> {
			System.out.println("hunter2");
			System.out.println("none hunter2");
			return Faults.halt(9);
		}));
		assertThat(failure.lastOutput()).containsOnly(SafeRedactor.LEFT_OUT).hasSizeGreaterThanOrEqualTo(2);
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.noneSatisfy((line) -> assertThat(line).contains("hunter2"));
	}

	@Test
	void headOfTheJvmsReportIsRedactedAndItsSignalStillKnown() throws Exception {
		OffloadExecutor executor = create((line) -> line.replace("SIGSEGV", "***"));
		WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class,
				() -> executor.call(Faults::crashNatively));
		assertThat(failure.signal()).isEqualTo("SIGSEGV");
		assertThat(failure.report().death().errorSummary()).contains("***").doesNotContain("SIGSEGV");
		Files.delete(Path.of(failure.errorFile()));
	}

	private OffloadExecutor create(OutputRedactor redactor) {
		return closedLater(ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.redactor(redactor)
			.build()
			.create(spec().build()));
	}

}
