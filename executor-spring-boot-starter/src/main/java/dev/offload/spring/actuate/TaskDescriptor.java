package dev.offload.spring.actuate;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

import dev.offload.TaskFailure;
import dev.offload.TaskProgress;
import dev.offload.TaskRecord;
import dev.offload.spring.Words;

/**
 * A task as the endpoint shows it: neither its arguments nor its result. What is not
 * known is left out.
 *
 * @param id its id
 * @param executor the name of its executor
 * @param label its label
 * @param status where it stands: the word of the meters' tags
 * @param attempt which attempt this is, or was the last
 * @param workerPid the process that ran it last
 * @param metadata what its caller gave along, each value as a secret unless values are
 * shown
 * @param submitted when it was submitted
 * @param started when its last attempt was handed to a slot
 * @param finished when it came to its end
 * @param waiting how long its last attempt has waited for a slot
 * @param running how long its last attempt has run
 * @param progress how far it said it was last
 * @param failure why it failed
 */
public record TaskDescriptor(String id, String executor, String label, String status, int attempt,
		@Nullable Long workerPid, Map<String, Object> metadata, String submitted, @Nullable String started,
		@Nullable String finished, String waiting, String running, @Nullable ProgressDescriptor progress,
		@Nullable FailureDescriptor failure) implements OperationResponseBody {

	static TaskDescriptor of(TaskRecord task, Sanitizer sanitizer, boolean showValues, boolean withStack) {
		return new TaskDescriptor(task.id(), task.executor(), task.label(), Words.of(task.status()), task.attempt(),
				(task.workerPid() >= 0) ? task.workerPid() : null, metadata(task, sanitizer, showValues),
				task.times().submittedAt().toString(), text(task.times().startedAt()), text(task.times().finishedAt()),
				ExecutorDescriptor.text(task.times().waiting()), ExecutorDescriptor.text(task.times().running()),
				ProgressDescriptor.of(task.progress()), FailureDescriptor.of(task.failure(), withStack));
	}

	private static Map<String, Object> metadata(TaskRecord task, Sanitizer sanitizer, boolean showValues) {
		Map<String, Object> metadata = new TreeMap<>();
		task.metadata()
			.forEach((name, value) -> metadata.put(name,
					sanitizer.sanitize(new SanitizableData(null, name, value), showValues)));
		return metadata;
	}

	private static @Nullable String text(@Nullable Instant moment) {
		return (moment != null) ? moment.toString() : null;
	}

	/**
	 * How far a task says it is.
	 *
	 * @param done how much is done
	 * @param total how much there is, left out if that is not known
	 * @param message what it is doing
	 * @param at when the service heard of it
	 */
	public record ProgressDescriptor(long done, @Nullable Long total, @Nullable String message, String at) {

		static @Nullable ProgressDescriptor of(@Nullable TaskProgress progress) {
			return (progress != null) ? new ProgressDescriptor(progress.done(),
					(progress.total() >= 0) ? progress.total() : null, progress.message(), progress.at().toString())
					: null;
		}

	}

	/**
	 * Why a task failed.
	 *
	 * @param type the class of its exception
	 * @param message its message
	 * @param stack its stack trace, of a single task only
	 */
	public record FailureDescriptor(String type, String message, @Nullable String stack) {

		static @Nullable FailureDescriptor of(@Nullable TaskFailure failure, boolean withStack) {
			return (failure != null)
					? new FailureDescriptor(failure.type(), failure.message(), withStack ? failure.stack() : null)
					: null;
		}

	}

}
