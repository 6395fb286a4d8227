package dev.offload.spring.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.util.StringUtils;

import dev.offload.DuplicateTaskException;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.QuarantinedException;
import dev.offload.QueueTimeoutException;
import dev.offload.RemoteTaskException;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskStoreUnavailableException;
import dev.offload.TaskTimeoutException;
import dev.offload.UnknownTaskException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;

/**
 * What a client is told of a failure: the same text always, for messages of exceptions
 * are not for strangers.
 */
enum OffloadProblem {

	EXECUTOR_OVERLOAD(HttpStatus.SERVICE_UNAVAILABLE, true,
			"There is no room for another task now. It was not run; try again later."),

	EXECUTOR_CLOSED(HttpStatus.SERVICE_UNAVAILABLE, true, "The executor of the task is closed."),

	WORKER_START(HttpStatus.SERVICE_UNAVAILABLE, true, "No worker could be started for the task. It was not run."),

	QUARANTINED(HttpStatus.SERVICE_UNAVAILABLE, false, "Such a task has failed badly of late. It was not run."),

	QUEUE_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, true,
			"The task waited too long for its turn. It was not run; try again later."),

	TASK_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, false,
			"The task took too long and was stopped. It may have done part of its work."),

	TASK_DEADLINE(HttpStatus.GATEWAY_TIMEOUT, false,
			"The deadline of the task has passed. If it had begun, it may have done part of its work."),

	DUPLICATE_TASK(HttpStatus.CONFLICT, false, "A task of that id waits or runs. This one was not run."),

	UNKNOWN_TASK(HttpStatus.NOT_FOUND, false, "There is no task of that id, or not any more."),

	TASK_STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true,
			"What keeps tasks does not answer. Tasks go on without it; try again later."),

	WORKER_CRASH(HttpStatus.INTERNAL_SERVER_ERROR, false,
			"The worker died while it ran the task, which may have done part of its work."),

	PAYLOAD(HttpStatus.INTERNAL_SERVER_ERROR, false, "The task or its result could not be sent."),

	TASK_FAILED(HttpStatus.INTERNAL_SERVER_ERROR, false, "The task failed.");

	private static final List<Map.Entry<Class<? extends OffloadException>, OffloadProblem>> BY_FAILURE = List.of(
			Map.entry(QuarantinedException.class, QUARANTINED),
			Map.entry(ExecutorOverloadException.class, EXECUTOR_OVERLOAD),
			Map.entry(ExecutorClosedException.class, EXECUTOR_CLOSED),
			Map.entry(WorkerStartException.class, WORKER_START), Map.entry(QueueTimeoutException.class, QUEUE_TIMEOUT),
			// A kind of the next.
			Map.entry(TaskDeadlineException.class, TASK_DEADLINE), Map.entry(TaskTimeoutException.class, TASK_TIMEOUT),
			Map.entry(WorkerCrashException.class, WORKER_CRASH),
			Map.entry(DuplicateTaskException.class, DUPLICATE_TASK),
			Map.entry(UnknownTaskException.class, UNKNOWN_TASK),
			Map.entry(TaskStoreUnavailableException.class, TASK_STORE_UNAVAILABLE),
			Map.entry(PayloadException.class, PAYLOAD), Map.entry(RemoteTaskException.class, TASK_FAILED));

	private final HttpStatus status;

	private final boolean retry;

	private final String detail;

	OffloadProblem(HttpStatus status, boolean retry, String detail) {
		this.status = status;
		this.retry = retry;
		this.detail = detail;
	}

	/**
	 * What is told of a failure.
	 * @param failure the failure
	 * @return the problem, or {@code null} if it is not for clients
	 */
	static @Nullable OffloadProblem of(OffloadException failure) {
		return BY_FAILURE.stream()
			.filter((entry) -> entry.getKey().isInstance(failure))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Whether the same request may succeed a little later, and nothing was done for it.
	 * @return {@code true} if it says when to try again
	 */
	boolean retry() {
		return this.retry;
	}

	ProblemDetail toDetail() {
		String name = name().toLowerCase(Locale.ROOT);
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(this.status, this.detail);
		problem.setType(URI.create("urn:offload:" + name.replace('_', '-')));
		problem.setTitle(StringUtils.capitalize(name.replace('_', ' ')));
		return problem;
	}

}
