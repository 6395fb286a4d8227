package dev.offload.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskFailure;
import dev.offload.TaskProgress;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;

/**
 * A task as it is in the database.
 *
 * @param task what is known of it
 * @param result its result in bytes, {@code null} if there is none
 * @param expiresAt until when it is kept, {@code null} while it has not ended, and for
 * ever
 */
record TaskRow(TaskRecord task, @Nullable EncodedResult result, @Nullable Instant expiresAt) {

	/** The state of a task that has ended. */
	static final int FINAL = Integer.MAX_VALUE;

	private static final int STATES = 4;

	private static final int NAME = 255;

	private static final int TEXT = 1_000;

	private static final int MESSAGE = 4_000;

	private static final int STACK = 16_384;

	static TaskRow of(TaskRecord task, @Nullable EncodedResult result, Duration ttl) {
		return new TaskRow(task, result, task.status().isFinal() ? expiry(task.times(), ttl) : null);
	}

	private static @Nullable Instant expiry(TaskTimes times, Duration ttl) {
		Instant finished = (times.finishedAt() != null) ? times.finishedAt() : times.submittedAt();
		return expiry(finished, ttl);
	}

	// A time of 0 is for ever.
	static @Nullable Instant expiry(Instant finished, Duration ttl) {
		return ttl.isZero() ? null : finished.plus(ttl).truncatedTo(ChronoUnit.MICROS);
	}

	TaskRow withoutResult() {
		return new TaskRow(this.task, null, this.expiresAt);
	}

	String id() {
		return this.task.id();
	}

	boolean hasEnded() {
		return this.task.status().isFinal();
	}

	// Whether nothing can have been known of the submission before.
	boolean isFirst() {
		return this.task.status() == TaskStatus.PENDING && this.task.attempt() == 1;
	}

	// How far it is. Attempts follow each other, and the end comes after all of them.
	int state() {
		return switch (this.task.status()) {
			case PENDING -> this.task.attempt() * STATES;
			case RUNNING -> this.task.attempt() * STATES + 1;
			case RETRYING -> this.task.attempt() * STATES + 2;
			default -> FINAL;
		};
	}

	boolean isRejected() {
		return this.task.status() == TaskStatus.REJECTED;
	}

	boolean isOfSameSubmission(TaskRow other) {
		return this.task.times().submittedAt().equals(other.task.times().submittedAt());
	}

	// Whether the other is what was known of the same submission later: those that tell
	// of its stations may overtake each other. Where they are not of one submission, one
	// that was refused takes no other's place.
	boolean isOlderThan(TaskRow other) {
		return isOfSameSubmission(other) ? state() < other.state() : isRejected() && !other.isRejected();
	}

	boolean isExpired(Instant now) {
		return this.expiresAt != null && !this.expiresAt.isAfter(now);
	}

	// What is held in memory for its result.
	int bytes() {
		return (this.result != null) ? this.result.bytes().length : 0;
	}

	// As the database can keep it, so that what is found before it is written is what is
	// found afterwards. Not made by those who carry the task: a stack becomes text.
	TaskRecord storable() {
		TreeMap<String, String> metadata = new TreeMap<>();
		this.task.metadata()
			.forEach((key, value) -> metadata.put(CleanText.of(key, MESSAGE), CleanText.of(value, STACK)));
		return new TaskRecord(CleanText.of(this.task.executor(), NAME), this.task.id(),
				CleanText.of(this.task.label(), TEXT), metadata, this.task.status(), this.task.attempt(),
				this.task.workerPid(), storable(this.task.times()), storable(this.task.progress()),
				storable(this.task.failure()));
	}

	private static TaskTimes storable(TaskTimes times) {
		return new TaskTimes(times.submittedAt().truncatedTo(ChronoUnit.MICROS), micros(times.startedAt()),
				micros(times.finishedAt()), times.waiting(), times.running());
	}

	private static @Nullable TaskProgress storable(@Nullable TaskProgress progress) {
		if (progress == null) {
			return null;
		}
		String message = progress.message();
		return new TaskProgress(progress.done(), progress.total(),
				(message != null) ? CleanText.of(message, MESSAGE) : null,
				progress.at().truncatedTo(ChronoUnit.MICROS));
	}

	private static @Nullable TaskFailure storable(@Nullable TaskFailure failure) {
		return (failure != null) ? new TaskFailure(CleanText.of(failure.type(), TEXT),
				CleanText.of(failure.message(), STACK), CleanText.of(failure.stack(), STACK)) : null;
	}

	private static @Nullable Instant micros(@Nullable Instant instant) {
		return (instant != null) ? instant.truncatedTo(ChronoUnit.MICROS) : null;
	}

}
