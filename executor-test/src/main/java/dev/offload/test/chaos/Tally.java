package dev.offload.test.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import dev.offload.QueueTimeoutException;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;

/**
 * What became of the tasks of a load. Safe for use by many threads; its own monitor
 * guards it.
 */
final class Tally {

	/** The reason of a task whose worker died. */
	static final String CRASHED = "crashed";

	/** The reason of a task that was over its limit. */
	static final String TIMED_OUT = "timed out";

	/** The reason of a task for which no worker could be started. */
	static final String NO_WORKER = "no worker";

	private static final int SAMPLES = 5;

	private final Set<Long> open = new HashSet<>();

	private final Set<Long> succeeded = new HashSet<>();

	private final Map<String, Integer> failures = new TreeMap<>();

	private final List<String> unexpected = new ArrayList<>();

	private int unexpectedCount;

	private int submitted;

	private long lastEnd = System.nanoTime();

	private long lastSuccess = this.lastEnd;

	private long longestPause;

	private long longestWithoutSuccess;

	private double share;

	// The load begins: pauses are counted from here.
	synchronized void start() {
		this.lastEnd = System.nanoTime();
		this.lastSuccess = this.lastEnd;
	}

	// The load is over: what comes to its end from now on is not disturbed any more, and
	// does not count for the share.
	synchronized void end() {
		this.share = (double) this.succeeded.size() / Math.max(1, this.submitted - this.open.size());
	}

	synchronized void submitted(ChaosTask task) {
		this.submitted++;
		this.open.add(task.id());
	}

	// The executor refused it: that is an end too.
	synchronized void refused(ChaosTask task, Throwable failure) {
		ended(task);
		count(task, "refused: " + reason(failure), false, failure);
	}

	synchronized void succeeded(ChaosTask task, ChaosAnswer answer) {
		ended(task);
		long now = System.nanoTime();
		this.longestWithoutSuccess = Math.max(this.longestWithoutSuccess, now - this.lastSuccess);
		this.lastSuccess = now;
		this.succeeded.add(task.id());
		if (!answer.isOf(task)) {
			count(task, "wrong answer", false, new IllegalStateException("The answer is that of task " + answer.id()));
		}
	}

	synchronized void failed(ChaosTask task, Throwable failure, Expectation expectation) {
		ended(task);
		String reason = reason(failure);
		count(task, reason, expectation.mayFail(task, reason), failure);
	}

	private void ended(ChaosTask task) {
		long now = System.nanoTime();
		this.longestPause = Math.max(this.longestPause, now - this.lastEnd);
		this.lastEnd = now;
		if (!this.open.remove(task.id())) {
			count(task, "ended twice", false, new IllegalStateException("It had ended before"));
		}
	}

	private void count(ChaosTask task, String reason, boolean expected, Throwable failure) {
		this.failures.merge(reason, 1, Integer::sum);
		if (!expected) {
			this.unexpectedCount++;
			if (this.unexpected.size() < SAMPLES) {
				this.unexpected.add("task " + task.id() + " (" + task.work() + "): " + failure);
			}
		}
	}

	private static String reason(@Nullable Throwable failure) {
		if (failure instanceof CompletionException) {
			return reason(failure.getCause());
		}
		if (failure instanceof WorkerCrashException) {
			return CRASHED;
		}
		if (failure instanceof TaskTimeoutException) {
			return TIMED_OUT;
		}
		if (failure instanceof QueueTimeoutException) {
			return "waited too long";
		}
		if (failure instanceof WorkerStartException) {
			return NO_WORKER;
		}
		return (failure != null) ? failure.getClass().getSimpleName() : "unknown";
	}

	synchronized Set<Long> succeeded() {
		return Set.copyOf(this.succeeded);
	}

	synchronized Counts counts() {
		return new Counts(this.submitted, this.succeeded.size(), this.share, new TreeMap<>(this.failures),
				this.open.size(), this.unexpectedCount, List.copyOf(this.unexpected), this.longestPause,
				this.longestWithoutSuccess);
	}

	/**
	 * Which failures a load provokes.
	 */
	interface Expectation {

		boolean mayFail(ChaosTask task, String reason);

	}

	/**
	 * The numbers.
	 *
	 * @param submitted all tasks
	 * @param succeeded those that gave their answer
	 * @param share their share of those that came to an end before the load was over
	 * @param failures the others that came to an end, by reason
	 * @param open those that never did
	 * @param unexpected failures that the load does not provoke
	 * @param samples some of these
	 * @param pauseNanos the longest time without any end
	 * @param successPauseNanos the longest time without any success
	 */
	record Counts(int submitted, int succeeded, double share, Map<String, Integer> failures, int open, int unexpected,
			List<String> samples, long pauseNanos, long successPauseNanos) {

	}

}
