package dev.offload.sample.web;

import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.QueueTimeoutException;
import dev.offload.RemoteTaskException;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;

/**
 * Answers with a problem document where an executor could not do its work: 503 where
 * trying again may help, 504 for a limit of time, 500 for what is wrong with the program.
 */
@RestControllerAdvice
class OffloadProblemAdvice {

	private static final Logger logger = LoggerFactory.getLogger(OffloadProblemAdvice.class);

	private static final String RETRY_AFTER_SECONDS = "1";

	private static final Pattern FAULT = Pattern.compile("#\\s+((?:SIG|EXCEPTION_|Internal Error)[^,]*).*");

	@ExceptionHandler
	ResponseEntity<ProblemDetail> overload(ExecutorOverloadException ex) {
		ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "executor-overload", ex);
		problem.setProperty("reason", ex.reason());
		problem.setProperty("pending", ex.pending());
		problem.setProperty("limit", ex.limit());
		return retryLater(problem);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> queueTimeout(QueueTimeoutException ex) {
		ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "queue-timeout", ex);
		problem.setProperty("taskId", ex.taskId());
		problem.setProperty("limit", ex.limit().toString());
		return retryLater(problem);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> closed(ExecutorClosedException ex) {
		return retryLater(problem(HttpStatus.SERVICE_UNAVAILABLE, "executor-closed", ex));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> noWorker(WorkerStartException ex) {
		logger.error("No worker for an answer", ex);
		ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "worker-start", ex);
		setProcess(problem, ex.pid());
		return retryLater(problem);
	}

	// The whole text has the last output of the process and its crash report, which are
	// for
	// the log and not for strangers.
	@ExceptionHandler
	ProblemDetail crash(WorkerCrashException ex) {
		logger.warn("A worker died: {}", ex.getMessage());
		ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "worker-crash", ex);
		problem.setDetail(firstSentence(String.valueOf(ex.getMessage())));
		problem.setProperty("taskId", ex.taskId());
		setProcess(problem, ex.pid());
		setIfKnown(problem, "exitCode", ex.exitCode());
		setIfKnown(problem, "signal", ex.signal());
		setIfKnown(problem, "fault", fault(ex));
		problem.setProperty("mayHaveRun", ex.mayHaveRun());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail timeout(TaskTimeoutException ex) {
		ProblemDetail problem = problem(HttpStatus.GATEWAY_TIMEOUT, "task-timeout", ex);
		problem.setProperty("taskId", ex.taskId());
		problem.setProperty("limit", ex.limit().toString());
		setProcess(problem, ex.pid());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail payload(PayloadException ex) {
		logger.error("A payload could not be sent", ex);
		ProblemDetail problem = problem(HttpStatus.INTERNAL_SERVER_ERROR, "payload", ex);
		setIfKnown(problem, "path", ex.path());
		setIfKnown(problem, "payloadType", ex.type());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail failed(RemoteTaskException ex) {
		logger.error("A task failed", ex);
		ProblemDetail problem = problem(HttpStatus.INTERNAL_SERVER_ERROR, "task-failed", ex);
		problem.setProperty("cause", ex.className());
		return problem;
	}

	// The two errors that leave a process in doubt, where they did not end it.
	@ExceptionHandler({ OutOfMemoryError.class, StackOverflowError.class })
	ProblemDetail exhausted(VirtualMachineError ex) {
		return Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "task-failed", "The task failed: " + ex);
	}

	// The executor was closed while the task ran.
	@ExceptionHandler
	ResponseEntity<ProblemDetail> cancelled(CancellationException ex) {
		return retryLater(Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "task-cancelled",
				"The task was cancelled: " + ex.getMessage()));
	}

	private static ProblemDetail problem(HttpStatus status, String name, OffloadException ex) {
		ProblemDetail problem = Problems.of(status, name, ex.getMessage());
		setIfKnown(problem, "executor", ex.executor());
		return problem;
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

	private static ResponseEntity<ProblemDetail> retryLater(ProblemDetail problem) {
		return ResponseEntity.of(problem).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build();
	}

}
