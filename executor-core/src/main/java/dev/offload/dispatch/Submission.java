package dev.offload.dispatch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskEvent;
import dev.offload.TaskFailure;
import dev.offload.TaskOptions;
import dev.offload.TaskProgress;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;

/**
 * What a caller has submitted, over all attempts at it: what is known of it, until nobody
 * holds it any more. Safe for use by many threads.
 */
public final class Submission {

	/** The most characters of a stack that are kept. */
	private static final int MAX_STACK = 16_384;

	private final String executor;

	private final String id;

	private final String label;

	private final TaskOptions options;

	private final Instant submittedAt = Instant.now();

	private final long submittedNanos = System.nanoTime();

	/** Written by the thread that makes the attempt. */
	private volatile @Nullable PendingTask attempt;

	/** Written by the thread that makes the attempt, before it. */
	private volatile int attempts;

	/** Written by the thread that concludes an attempt. */
	private volatile @Nullable Ending ending;

	/** Written by whoever hears of it. */
	private volatile @Nullable TaskProgress progress;

	/** Written before its first attempt and at its end; null while nobody listens. */
	private volatile @Nullable TaskTelling telling;

	Submission(String executor, String id, String label, TaskOptions options) {
		this.executor = executor;
		this.id = id;
		this.label = label;
		this.options = options;
	}

	/**
	 * Its id.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Its label.
	 * @return the label
	 */
	public String label() {
		return this.label;
	}

	/**
	 * What its caller wants.
	 * @return the options
	 */
	public TaskOptions options() {
		return this.options;
	}

	/**
	 * Which attempt is or was the last.
	 * @return the number, from 1
	 */
	public int attempts() {
		return Math.max(1, this.attempts);
	}

	// A task is made that tries it, once more or for the first time; one at a time.
	@SuppressWarnings("NonAtomicVolatileUpdate")
	void attempt(PendingTask task) {
		this.attempts = this.attempts + 1;
		this.attempt = task;
	}

	/**
	 * It is as far as that now.
	 * @param done how much is done
	 * @param total how much there is, {@code -1} if it is not known
	 * @param message what is being done, {@code null} for nothing to say
	 * @return how far it is
	 */
	public TaskProgress progress(long done, long total, @Nullable String message) {
		TaskProgress value = new TaskProgress(done, total, message, now());
		this.progress = value;
		return value;
	}

	// This moment, by the same reading of the clock as all others of its record.
	Instant now() {
		return at(System.nanoTime());
	}

	// Whoever listens is told of it in this order.
	void telling(@Nullable TaskTelling value) {
		this.telling = value;
	}

	@Nullable TaskTelling telling() {
		return this.telling;
	}

	TaskEvent event(TaskStatus now, @Nullable Throwable failure) {
		PendingTask task = this.attempt;
		return new TaskEvent(this.executor, this.id, this.label, this.options.metadata(), now, attempts(),
				(task != null) ? task.pid() : -1, at(System.nanoTime()),
				(task != null) ? Duration.ofNanos(task.waitNanos()) : Duration.ZERO,
				(task != null) ? Duration.ofNanos(task.runNanos()) : Duration.ZERO, this.progress, failure);
	}

	// It has ended.
	void end(TaskStatus status, @Nullable Throwable failure) {
		this.ending = new Ending(status, System.nanoTime(), failure);
	}

	TaskStatus status() {
		Ending known = this.ending;
		PendingTask task = this.attempt;
		return (known != null) ? known.status() : (task != null) ? task.status() : TaskStatus.PENDING;
	}

	TaskRecord record() {
		Ending known = this.ending;
		PendingTask task = this.attempt;
		return new TaskRecord(this.executor, this.id, this.label, this.options.metadata(), status(), attempts(),
				(task != null) ? task.pid() : -1, times(task, known), this.progress,
				(known != null) ? failure(known) : null);
	}

	private TaskTimes times(@Nullable PendingTask task, @Nullable Ending known) {
		Instant finished = (known != null) ? at(known.nanos()) : null;
		if (task == null) {
			return new TaskTimes(this.submittedAt, null, finished, Duration.ZERO, Duration.ZERO);
		}
		long started = task.startedNanos();
		return new TaskTimes(this.submittedAt, (started != 0) ? at(started) : null, finished,
				Duration.ofNanos(task.waitNanos()), Duration.ofNanos(task.runNanos()));
	}

	// By one reading of the clock, so that no correction of it puts an end before its
	// beginning.
	private Instant at(long nanos) {
		return this.submittedAt.plusNanos(nanos - this.submittedNanos);
	}

	private static @Nullable TaskFailure failure(Ending ending) {
		Throwable failure = ending.failure();
		if (failure == null) {
			return null;
		}
		StringWriter stack = new StringWriter();
		failure.printStackTrace(new PrintWriter(stack));
		String text = stack.toString();
		String message = failure.getMessage();
		return new TaskFailure(failure.getClass().getName(), (message != null) ? message : "",
				(text.length() > MAX_STACK) ? text.substring(0, MAX_STACK) : text);
	}

	@Override
	public String toString() {
		return this.label + " (task " + this.id + ")";
	}

	private record Ending(TaskStatus status, long nanos, @Nullable Throwable failure) {

	}

}
