package dev.offload.sample.web;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ExceptionHandler;

import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadException;
import dev.offload.QueueTimeoutException;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;
import dev.offload.spring.web.OffloadExceptionHandler;

/**
 * Tells more of failures than a service should: which process, how it ended, at which
 * limit. The page of the sample shows it.
 */
@Component
class WorkerProblems extends OffloadExceptionHandler {

	private static final Pattern FAULT = Pattern.compile("#\\s+((?:SIG|EXCEPTION_|Internal Error)[^,]*).*");

	private final Duration retryAfter;

	WorkerProblems(@Value("${offload.web.problem-details.retry-after:1s}") Duration retryAfter) {
		super(retryAfter);
		this.retryAfter = retryAfter;
	}

	@Override
	protected void describe(ProblemDetail problem, OffloadException failure) {
		if (failure instanceof WorkerCrashException crash) {
			describe(problem, crash);
		}
		else if (failure instanceof ExecutorOverloadException overload) {
			problem.setProperty("reason", overload.reason());
			problem.setProperty("pending", overload.pending());
			problem.setProperty("limit", overload.limit());
		}
		else if (failure instanceof TaskTimeoutException timeout) {
			problem.setProperty("limit", timeout.limit().toString());
			setProcess(problem, timeout.pid());
		}
		else if (failure instanceof QueueTimeoutException timeout) {
			problem.setProperty("limit", timeout.limit().toString());
		}
		else if (failure instanceof WorkerStartException start) {
			setProcess(problem, start.pid());
		}
	}

	// The two errors that leave a process in doubt, where they did not end it.
	@ExceptionHandler({ OutOfMemoryError.class, StackOverflowError.class })
	ProblemDetail exhausted(VirtualMachineError ex) {
		return Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "task-failed", "The task failed: " + ex);
	}

	// The executor was closed while the task ran.
	@ExceptionHandler
	ResponseEntity<ProblemDetail> cancelled(CancellationException ex) {
		ProblemDetail problem = Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "task-cancelled",
				"The task was cancelled: " + ex.getMessage());
		ResponseEntity.HeadersBuilder<?> response = ResponseEntity.of(problem);
		if (!this.retryAfter.isZero()) {
			response.header(HttpHeaders.RETRY_AFTER,
					String.valueOf(this.retryAfter.plusNanos(999_999_999).toSeconds()));
		}
		return response.build();
	}

	// The whole text has the last output of the process and its crash report, which are
	// for the log and not for strangers.
	private static void describe(ProblemDetail problem, WorkerCrashException crash) {
		problem.setDetail(firstSentence(String.valueOf(crash.getMessage())));
		setProcess(problem, crash.pid());
		setIfKnown(problem, "exitCode", crash.exitCode());
		setIfKnown(problem, "signal", crash.signal());
		setIfKnown(problem, "fault", fault(crash));
		problem.setProperty("mayHaveRun", crash.mayHaveRun());
	}

	private static String firstSentence(String text) {
		int end = text.indexOf(". ");
		return (end >= 0) ? text.substring(0, end) : text;
	}

	// What a JVM prints of a fault in native code, such as SIGSEGV (0xb) at pc=0x1234.
	private static @Nullable String fault(WorkerCrashException ex) {
		return ex.lastOutput()
			.stream()
			.map(FAULT::matcher)
			.filter(Matcher::matches)
			.map((line) -> line.group(1))
			.findFirst()
			.orElse(null);
	}

	private static void setProcess(ProblemDetail problem, long pid) {
		setIfKnown(problem, "pid", (pid >= 0) ? pid : null);
	}

	private static void setIfKnown(ProblemDetail problem, String name, @Nullable Object value) {
		if (value != null) {
			problem.setProperty(name, value);
		}
	}

}
