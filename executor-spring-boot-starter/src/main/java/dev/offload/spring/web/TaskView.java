package dev.offload.spring.web;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskEvent;
import dev.offload.TaskFailure;
import dev.offload.TaskProgress;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.spring.Words;

/**
 * What clients see of a task. Neither its metadata nor the message of its failure are in
 * it, for these are not for strangers.
 *
 * @param executor the name of the executor
 * @param id the id of the task
 * @param label its label
 * @param status where it stands
 * @param ended whether that is final
 * @param attempt which attempt this is, from 1
 * @param waitingMillis how long it waited for a slot so far
 * @param runningMillis how long it ran so far
 * @param progress how far it said it was last, {@code null} if it never did
 * @param failure the class of what its caller is told, {@code null} if it has not failed
 */
record TaskView(String executor, String id, String label, String status, boolean ended, int attempt, long waitingMillis,
		long runningMillis, @Nullable ProgressView progress, @Nullable String failure) {

	static TaskView of(TaskEvent event) {
		Throwable failure = event.failure();
		return new TaskView(event.executor(), event.taskId(), event.label(), Words.of(event.status()),
				event.status().isFinal(), event.attempt(), event.waiting().toMillis(), event.running().toMillis(),
				ProgressView.of(event.progress()), (failure != null) ? failure.getClass().getName() : null);
	}

	static TaskView of(TaskRecord task) {
		TaskFailure failure = task.failure();
		return new TaskView(task.executor(), task.id(), task.label(), Words.of(task.status()), task.status().isFinal(),
				task.attempt(), task.times().waiting().toMillis(), task.times().running().toMillis(),
				ProgressView.of(task.progress()), (failure != null) ? failure.type() : null);
	}

	// What is told comes later than what is read, and by more ways than one.
	boolean isBefore(TaskView other) {
		if (this.ended || other.ended) {
			return !this.ended;
		}
		if (this.attempt != other.attempt) {
			return this.attempt < other.attempt;
		}
		int rank = rank() - other.rank();
		return rank < 0 || (rank == 0 && isSaidBefore(this.progress, other.progress));
	}

	// Only time may have passed between the two.
	boolean isSameStep(TaskView other) {
		return this.status.equals(other.status) && this.attempt == other.attempt
				&& Objects.equals(this.progress, other.progress);
	}

	private int rank() {
		if (this.status.equals(Words.of(TaskStatus.PENDING))) {
			return 0;
		}
		return this.status.equals(Words.of(TaskStatus.RUNNING)) ? 1 : 2;
	}

	private static boolean isSaidBefore(@Nullable ProgressView one, @Nullable ProgressView other) {
		return other != null && (one == null || one.at().isBefore(other.at()));
	}

	/**
	 * How far a task says it is.
	 *
	 * @param done how much is done
	 * @param total how much there is, {@code -1} if it does not know
	 * @param message what it is doing, {@code null} if it does not say
	 * @param at when it said so
	 */
	record ProgressView(long done, long total, @Nullable String message, Instant at) {

		static @Nullable ProgressView of(@Nullable TaskProgress progress) {
			return (progress != null)
					? new ProgressView(progress.done(), progress.total(), progress.message(), progress.at()) : null;
		}

	}

}
