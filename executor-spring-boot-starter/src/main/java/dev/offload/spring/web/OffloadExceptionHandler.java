package dev.offload.spring.web;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import dev.offload.DuplicateTaskException;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.QuarantinedException;
import dev.offload.QueueTimeoutException;
import dev.offload.RemoteTaskException;
import dev.offload.TaskStoreUnavailableException;
import dev.offload.TaskTimeoutException;
import dev.offload.UnknownTaskException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;

/**
 * Answers with a problem document where an executor could not do its work: 503 where
 * trying again may help, 504 for a limit of time, 404 and 409 for ids of tasks, 500 for
 * what is wrong with the program.
 * <p>
 * It comes after all advice of the application. A subclass that is a bean takes its
 * place.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public class OffloadExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(OffloadExceptionHandler.class);

	private final Duration retryAfter;

	/**
	 * Creates one.
	 * @param retryAfter when clients are told to try again, in whole seconds; zero to
	 * tell nothing
	 */
	public OffloadExceptionHandler(Duration retryAfter) {
		this.retryAfter = retryAfter;
	}

	/**
	 * Answers a failure.
	 * @param failure what the executor says
	 * @param thrown what was thrown: the failure, or something that has it as a cause
	 * @return the answer
	 * @throws Exception what was thrown, if it is the application's own and only has the
	 * failure as a cause: others may know what to do with it
	 */
	@ExceptionHandler({ ExecutorOverloadException.class, ExecutorClosedException.class, WorkerStartException.class,
			QueueTimeoutException.class, TaskTimeoutException.class, WorkerCrashException.class, PayloadException.class,
			RemoteTaskException.class, QuarantinedException.class, DuplicateTaskException.class,
			UnknownTaskException.class, TaskStoreUnavailableException.class })
	public ResponseEntity<ProblemDetail> handle(OffloadException failure, Exception thrown) throws Exception {
		OffloadProblem kind = OffloadProblem.of(failure);
		if (kind == null || !failure.equals(unwrap(thrown))) {
			throw thrown;
		}
		log(kind, failure);
		ProblemDetail problem = kind.toDetail();
		setIfKnown(problem, "executor", failure.executor());
		setIfKnown(problem, "task", task(failure));
		describe(problem, failure);
		return toResponse(kind, problem);
	}

	/**
	 * Changes what a client is told. This does nothing. What exceptions say of workers,
	 * such as their output, may hold secrets.
	 * @param problem what is told, with type, title, status and a text that is the same
	 * for all failures of a kind
	 * @param failure what happened
	 */
	protected void describe(ProblemDetail problem, OffloadException failure) {
		// for subclasses
	}

	private ResponseEntity<ProblemDetail> toResponse(OffloadProblem kind, ProblemDetail problem) {
		ResponseEntity.HeadersBuilder<?> response = ResponseEntity.of(problem);
		if (kind.retry() && !this.retryAfter.isZero()) {
			response.header(HttpHeaders.RETRY_AFTER,
					String.valueOf(this.retryAfter.plusNanos(999_999_999).toSeconds()));
		}
		return response.build();
	}

	// What futures and proxies put around a failure says nothing more.
	private static @Nullable Throwable unwrap(@Nullable Throwable thrown) {
		Throwable current = thrown;
		while (current instanceof CompletionException || current instanceof ExecutionException
				|| current instanceof UndeclaredThrowableException) {
			current = current.getCause();
		}
		return current;
	}

	// An exception that is answered is logged by nobody else.
	private static void log(OffloadProblem kind, OffloadException failure) {
		switch (kind) {
			case EXECUTOR_OVERLOAD, EXECUTOR_CLOSED, QUARANTINED, QUEUE_TIMEOUT, DUPLICATE_TASK, UNKNOWN_TASK ->
				logger.debug("{}", failure.getMessage());
			case TASK_TIMEOUT, TASK_DEADLINE, WORKER_CRASH, WORKER_START, TASK_STORE_UNAVAILABLE ->
				logger.warn("{}", failure.getMessage());
			default -> logger.error("{}", failure.getMessage(), failure);
		}
	}

	private static @Nullable String task(OffloadException failure) {
		if (failure instanceof QueueTimeoutException timeout) {
			return timeout.taskId();
		}
		if (failure instanceof TaskTimeoutException timeout) {
			return timeout.taskId();
		}
		if (failure instanceof DuplicateTaskException duplicate) {
			return duplicate.taskId();
		}
		if (failure instanceof UnknownTaskException unknown) {
			return unknown.taskId();
		}
		return (failure instanceof WorkerCrashException crash) ? crash.taskId() : null;
	}

	private static void setIfKnown(ProblemDetail problem, String name, @Nullable Object value) {
		if (value != null) {
			problem.setProperty(name, value);
		}
	}

}
