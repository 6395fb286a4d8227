package dev.offload.dispatch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.RetryReason;
import dev.offload.RetrySpec;
import dev.offload.WorkerCrashException;
import dev.offload.dispatch.Submission.Tries;

/**
 * Decides whether a task that failed is tried again, and lets the next attempt wait for
 * its time: without a slot, and without a thread unless its caller's runs it. Safe for
 * use by many threads.
 */
final class Retries {

	private static final Logger logger = LoggerFactory.getLogger(Retries.class);

	/** Of an exception that is thrown again and again. */
	private static final int MOST_SUPPRESSED = 100;

	/** The reasons of ends that a task may have brought about. */
	private static final Set<String> OWN_DEATHS = Set.of("crash", "hang", "protocol");

	private final Ledger ledger;

	private final Deadlines deadlines;

	private final LongSupplier numbers;

	private final Stage stage;

	private final Quarantine quarantine;

	/** Written once, before the first task. */
	private Executor threads = Runnable::run;

	/**
	 * Creates one.
	 * @param ledger counts
	 * @param deadlines the executor's timer
	 * @param numbers gives each attempt a number of its own
	 * @param stage where attempts wait and begin
	 * @param quarantine remembers what crashed
	 */
	Retries(Ledger ledger, Deadlines deadlines, LongSupplier numbers, Stage stage, Quarantine quarantine) {
		this.quarantine = quarantine;
		this.ledger = ledger;
		this.deadlines = deadlines;
		this.numbers = numbers;
		this.stage = stage;
	}

	// Set once, before the first task: where attempts are handed over, which may take
	// longer than the timer has time for.
	void onThreads(Executor executor) {
		this.threads = executor;
	}

	/**
	 * Makes the next attempt at a task that failed, if there is to be one.
	 * @param task the attempt that failed
	 * @param outcome how it ended
	 * @param failure the exception that it ended with
	 * @return the attempt, which waits; {@code null} if there is none
	 */
	@Nullable PendingTask next(PendingTask task, Outcome outcome, Throwable failure) {
		RetrySpec rules = task.retry();
		RetryReason reason = (rules != null) ? RetryRules.reason(rules, outcome, failure) : null;
		if (rules == null || reason == null || (task.slot() instanceof CallerSlot slot && !slot.mayTryAgain(failure))) {
			return null;
		}
		Submission submission = task.submission();
		Tries tries = tries(submission.tries(), reason, failure);
		int crashes = crashes(task, rules, failure);
		// Of a stream the first items may have been taken.
		boolean streamed = task.work().buffer() != null;
		if (streamed || !RetryRules.allow(rules, reason, tries) || crashes >= rules.maxCrashes()) {
			return null;
		}
		long pause = RetryRules.pauseNanos(rules, submission.attempts(), ThreadLocalRandom.current().nextDouble());
		if (submission.isOverAfter(pause)) {
			return null;
		}
		// From here on nothing fails, for the next attempt is on its way.
		String title = titleOf(failure);
		PendingTask next = new PendingTask(this.numbers.getAsLong(), task, pause);
		// Who sees that it waits can find it.
		this.stage.rest(next);
		submission.retry(next, tries);
		this.ledger.retried(reason);
		logger.info("{} failed at attempt {} and is tried again in {} ms: {}", submission, submission.attempts(),
				TimeUnit.NANOSECONDS.toMillis(pause), title);
		return next;
	}

	// It did at last what it had failed at before.
	void succeeded(PendingTask task) {
		this.quarantine.succeeded(task);
	}

	// The words of an exception are the application's code.
	private static String titleOf(Throwable failure) {
		try {
			return failure.toString();
		}
		catch (RuntimeException | Error ex) {
			return failure.getClass().getName();
		}
	}

	// How many workers this work has crashed, over all submissions of it. One that was
	// killed for a neighbour was not crashed by it.
	private int crashes(PendingTask task, RetrySpec rules, Throwable failure) {
		boolean own = failure instanceof WorkerCrashException crash && OWN_DEATHS.contains(crash.report().reason());
		return own ? this.quarantine.crashed(task, rules) : 0;
	}

	private static Tries tries(@Nullable Tries before, RetryReason reason, Throwable failure) {
		Tries known = (before != null) ? before : new Tries(0, 0, failure, failure);
		int crashes = known.crashes() + ((reason != RetryReason.CRASH) ? 0 : 1);
		int failures = known.failures() + ((reason != RetryReason.CRASH) ? 1 : 0);
		return new Tries(failures, crashes, known.first(), failure);
	}

	/**
	 * Lets an attempt wait until its time has come, and begins it.
	 * @param next the attempt
	 * @param before the slot that the last one had, {@code null} if it had none
	 */
	void pause(PendingTask next, @Nullable Slot before) {
		this.stage.endIfUnwanted(next);
		Duration pause = next.pause();
		if (before instanceof CallerSlot slot) {
			pauseHere(next, pause, slot.another());
		}
		else if (pause.isZero()) {
			this.stage.begin(next, null);
		}
		else {
			next.timer(this.deadlines.schedule(pause.toNanos(),
					() -> this.threads.execute(() -> this.stage.begin(next, null))));
		}
	}

	// Its thread is that of its caller, who waits as long as it takes.
	private void pauseHere(PendingTask next, Duration pause, Slot slot) {
		try {
			next.settled().get(pause.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			this.stage.begin(next, slot);
		}
		catch (InterruptedException ex) {
			this.stage.cancel(next);
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("An outcome never fails", ex);
		}
	}

	// The first failure is not lost: the last one, which the caller gets, has it among
	// those suppressed. Its causes are the task's own and stay as they are. In this JVM
	// one exception may be thrown any number of times, and must not hold the first
	// failure of each.
	@SuppressWarnings("ReferenceEquality")
	static void keepFirst(PendingTask task, Throwable failure) {
		Tries tries = task.submission().tries();
		if (tries != null && tries.first() != failure && failure.getSuppressed().length < MOST_SUPPRESSED
				&& Stream.of(failure.getSuppressed()).noneMatch((known) -> known == tries.first())) {
			failure.addSuppressed(tries.first());
		}
	}

	/**
	 * Where attempts wait and begin.
	 */
	interface Stage {

		// It waits for its time, and can be found.
		void rest(PendingTask next);

		// It was cancelled, or all ends, just before it could be found.
		void endIfUnwanted(PendingTask next);

		// Its time has come, unless it is settled.
		void begin(PendingTask next, @Nullable Slot ownSlot);

		void cancel(PendingTask next);

	}

}
