package dev.offload.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskDeadlineException;
import dev.offload.TaskEvent;
import dev.offload.TaskFailure;
import dev.offload.TaskOptions;
import dev.offload.TaskProgress;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;
import dev.offload.TaskTimes;
import dev.offload.spi.LiveTask;

/**
 * What a caller has submitted, over all attempts at it: what is known of it, until nobody
 * holds it any more. Safe for use by many threads.
 */
public final class Submission implements LiveTask {

	/** As long as can be counted in nanoseconds. */
	private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

	private static final AtomicReferenceFieldUpdater<Submission, TaskTelling> TELLING = AtomicReferenceFieldUpdater
		.newUpdater(Submission.class, TaskTelling.class, "telling");

	private final String executor;

	private final String id;

	private final String label;

	private final TaskOptions options;

	private final Caller caller;

	private final Instant submittedAt = Instant.now();

	private final long submittedNanos = System.nanoTime();

	/** Written by the thread that makes the attempt; dropped after the end. */
	private volatile @Nullable PendingTask attempt;

	/** Written by the thread that makes the attempt, before it. */
	private volatile int attempts;

	/** Written by the thread that concludes an attempt; kept while the next one waits. */
	private volatile @Nullable PendingTask coming;

	/** Written by the thread that concludes an attempt. */
	private volatile @Nullable Tries tries;

	/** Written by whoever cancels it: there is no further attempt. */
	private volatile boolean cancelled;

	/** Written by the thread that concludes an attempt. */
	private volatile @Nullable Ending ending;

	/** Written by whoever hears of it. */
	private volatile @Nullable TaskProgress progress;

	/**
	 * Written by whoever tells of it first, and at its end; null while nobody listens.
	 */
	private volatile @Nullable TaskTelling telling;

	/** Written by the thread that submits, before anybody else knows of it. */
	private KindPlace place = KindPlace.NONE;

	Submission(String executor, String id, String label, TaskOptions options) {
		this(executor, id, label, options, Caller.NONE);
	}

	Submission(String executor, String id, String label, TaskOptions options, Caller caller) {
		this.executor = executor;
		this.id = id;
		this.label = label;
		this.options = options;
		this.caller = caller;
	}

	@Override
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

	// Ids are those of several executors.
	boolean isOf(String name) {
		return this.executor.equals(name);
	}

	// How long it had at first, until its deadline.
	Duration timeGiven() {
		Instant deadline = this.options.deadline();
		return (deadline != null) ? Duration.between(this.submittedAt, deadline) : FOR_EVER;
	}

	// By the clock that nobody sets; none left is 0 or less.
	long nanosLeft() {
		return nanosLeftOf(timeGiven());
	}

	// What is left of a wait that began when it was submitted.
	long nanosLeftOf(Duration wait) {
		long given = TimeUnit.NANOSECONDS.convert(wait);
		// However long ago it was over, that is no time left.
		return (given > 0) ? given - (System.nanoTime() - this.submittedNanos) : given;
	}

	// Fails if its deadline has passed before it was let in.
	void requireTime() {
		if (this.options.deadline() != null && nanosLeft() <= 0) {
			Duration given = timeGiven();
			throw tooLate((given.isZero() || given.isNegative()) ? " had passed when it was submitted"
					: " passed while it waited to be let in");
		}
	}

	/**
	 * Why it is not let in.
	 * @param what what is so of its deadline
	 * @return the exception
	 */
	TaskDeadlineException tooLate(String what) {
		Instant deadline = Objects.requireNonNull(this.options.deadline());
		return new TaskDeadlineException(
				new TaskTimeoutException(this.executor, this.id, timeGiven(), -1, "Executor '" + this.executor + "': "
						+ this + " was refused: its deadline " + deadline + what + ". Give it more time", null),
				deadline);
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

	// It keeps a place among its kind until it has ended.
	void keep(KindPlace kindPlace) {
		this.place = kindPlace;
	}

	// It is not held any more, or never was.
	void releasePlace() {
		this.place.leave();
	}

	// A task is made that tries it, once more or for the first time; one at a time.
	@SuppressWarnings("NonAtomicVolatileUpdate")
	void attempt(PendingTask task) {
		if (this.attempts > 0) {
			this.progress = null;
		}
		this.attempts = this.attempts + 1;
		this.attempt = task;
		this.coming = null;
		if (this.ending != null) {
			// It was cancelled at this moment: there is no such attempt.
			this.attempts = this.attempts - 1;
			this.attempt = null;
		}
	}

	// Whether its deadline will have passed by then.
	boolean isOverAfter(long nanos) {
		return this.options.deadline() != null && nanosLeft() <= nanos;
	}

	// It has failed and is to be tried again by that task, after a pause.
	void retry(PendingTask next, Tries all) {
		this.tries = all;
		this.coming = next;
	}

	// How it has failed before the attempt of now, null if it has not.
	@Nullable Tries tries() {
		return this.tries;
	}

	// The attempt that runs or waits, or the last one.
	@Nullable PendingTask current() {
		PendingTask next = this.coming;
		return (next != null) ? next : this.attempt;
	}

	// Nobody wants it any more, whatever attempt there is.
	void giveUp() {
		this.cancelled = true;
	}

	boolean isGivenUp() {
		return this.cancelled;
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

	// Whoever listens is told of it in this order; null if nobody did and that is not
	// needed.
	@SuppressWarnings("NullAway")
	@Nullable TaskTelling telling(boolean needed) {
		if (this.telling == null && needed) {
			TELLING.compareAndSet(this, null, new TaskTelling());
		}
		return this.telling;
	}

	// Nothing more is told of it.
	void toldAll() {
		this.telling = TaskTelling.OVER;
	}

	TaskEvent event(TaskStatus now, @Nullable Throwable failure) {
		Run run = run();
		return new TaskEvent(this.executor, this.id, this.label, this.options.metadata(), now, attempts(), run.pid(),
				at(System.nanoTime()), Duration.ofNanos(run.waiting()), Duration.ofNanos(run.running()), this.progress,
				failure);
	}

	@Override
	public boolean isAccepted() {
		return this.attempt != null || this.ending != null;
	}

	@Override
	public boolean isEnded() {
		return this.ending != null;
	}

	@Override
	public boolean isAwaited() {
		return this.caller.waits();
	}

	@Override
	public boolean cancel() {
		return this.caller.cancelling().test(this);
	}

	// It has ended. What it took along is not held by it from now on.
	void end(TaskStatus status, @Nullable Throwable failure) {
		PendingTask task = this.attempt;
		long ended = System.nanoTime();
		Run run = (task != null) ? Run.of(task) : Run.NONE;
		this.ending = new Ending(status, ended, run, (failure != null) ? TaskFailure.of(failure) : null);
		this.attempt = null;
		this.coming = null;
		this.tries = null;
	}

	TaskStatus status() {
		// The attempt is dropped after the end is known.
		PendingTask task = this.attempt;
		PendingTask next = this.coming;
		Ending known = this.ending;
		if (known != null) {
			return known.status();
		}
		if (next != null) {
			return (next.status() == TaskStatus.CANCELLED) ? TaskStatus.CANCELLED : TaskStatus.RETRYING;
		}
		return (task != null) ? task.status() : TaskStatus.PENDING;
	}

	private Run run() {
		PendingTask task = this.attempt;
		Ending known = this.ending;
		return (known != null) ? known.run() : (task != null) ? Run.of(task) : Run.NONE;
	}

	@Override
	public TaskRecord record() {
		TaskStatus status = status();
		Run run = run();
		Ending known = status.isFinal() ? this.ending : null;
		return new TaskRecord(this.executor, this.id, this.label, this.options.metadata(), status, attempts(),
				run.pid(), times(run, known), this.progress, failure(known));
	}

	// Of its end, or of its last attempt while there is another.
	private @Nullable TaskFailure failure(@Nullable Ending known) {
		Tries failed = this.tries;
		return (known != null) ? known.failure() : (failed != null) ? TaskFailure.of(failed.last()) : null;
	}

	private TaskTimes times(Run run, @Nullable Ending known) {
		return new TaskTimes(this.submittedAt, (run.started() != 0) ? at(run.started()) : null,
				(known != null) ? at(known.nanos()) : null, Duration.ofNanos(run.waiting()),
				Duration.ofNanos(run.running()));
	}

	// By one reading of the clock, so that no correction of it puts an end before its
	// beginning.
	private Instant at(long nanos) {
		return this.submittedAt.plusNanos(nanos - this.submittedNanos);
	}

	@Override
	public String toString() {
		return this.label + " (task " + this.id + ")";
	}

	/**
	 * How it has failed so far.
	 *
	 * @param failures how often by an exception or at its limit of time
	 * @param crashes how often by the death of its worker
	 * @param first its first failure
	 * @param last its last failure
	 */
	record Tries(int failures, int crashes, Throwable first, Throwable last) {

	}

	private record Ending(TaskStatus status, long nanos, Run run, @Nullable TaskFailure failure) {

	}

	// What is known of an attempt; times by the clock of System.nanoTime.
	private record Run(long pid, long started, long waiting, long running) {

		private static final Run NONE = new Run(-1, 0, 0, 0);

		static Run of(PendingTask task) {
			return new Run(task.pid(), task.startedNanos(), task.waitNanos(), task.runNanos());
		}

	}

	/**
	 * Who has submitted it.
	 *
	 * @param waits whether somebody waits for its end and takes its result
	 * @param cancelling cancels it, whatever attempt there is
	 */
	record Caller(boolean waits, Predicate<Submission> cancelling) {

		static final Caller NONE = new Caller(true, (task) -> false);

	}

}
