package dev.offload.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait, the most urgent first, and first in first out among those of one
 * priority; each can be taken out in logarithmic time. Not safe for use by many threads:
 * the dispatcher guards it.
 */
final class TaskQueue {

	/**
	 * What one step of priority is worth in time waited: a task goes before those that
	 * are a step less urgent, unless they have waited so much longer. Limits on waiting
	 * are shorter as a rule, so the urgent go first; and nothing waits for ever.
	 */
	static final Duration AGEING_STEP = Duration.ofMinutes(1);

	private static final long AGEING_STEP_MILLIS = AGEING_STEP.toMillis();

	/** The clock begins anywhere, and may pass its largest value at any time. */
	private static final long ORIGIN = System.nanoTime();

	/** A task that comes back from a slot that never got it has its place again. */
	private final TreeSet<PendingTask> waiting = new TreeSet<>(TaskQueue::compare);

	private static int compare(PendingTask one, PendingTask other) {
		int byRank = Long.compare(rank(one.acceptedAt(), one.priority()), rank(other.acceptedAt(), other.priority()));
		return (byRank != 0) ? byRank : Long.compare(one.number(), other.number());
	}

	// In milliseconds, of which there is room for any priority; the lowest goes first.
	static long rank(long acceptedAt, int priority) {
		return TimeUnit.NANOSECONDS.toMillis(acceptedAt - ORIGIN) + priority * AGEING_STEP_MILLIS;
	}

	void add(PendingTask task) {
		this.waiting.add(task);
	}

	@Nullable PendingTask poll() {
		return this.waiting.pollFirst();
	}

	boolean remove(PendingTask task) {
		return this.waiting.remove(task);
	}

	List<PendingTask> clear() {
		List<PendingTask> all = new ArrayList<>(this.waiting);
		this.waiting.clear();
		return all;
	}

	Stream<PendingTask> stream() {
		return this.waiting.stream();
	}

	boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	int size() {
		return this.waiting.size();
	}

}
