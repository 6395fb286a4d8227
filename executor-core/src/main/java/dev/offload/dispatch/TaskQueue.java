package dev.offload.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait, the most urgent first, and first in first out among those of one
 * priority, unless they have fair keys, which take turns; each can be taken out in
 * logarithmic time. Not safe for use by many threads: the dispatcher guards it.
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

	/** From the first fair key on; {@code null} before, as where nobody uses them. */
	private @Nullable FairTurns turns;

	static int compare(PendingTask one, PendingTask other) {
		int byRank = Long.compare(rank(one.acceptedAt(), one.priority()), rank(other.acceptedAt(), other.priority()));
		return (byRank != 0) ? byRank : Long.compare(one.number(), other.number());
	}

	// In milliseconds, of which there is room for any priority; the lowest goes first.
	static long rank(long acceptedAt, int priority) {
		return TimeUnit.NANOSECONDS.toMillis(acceptedAt - ORIGIN) + priority * AGEING_STEP_MILLIS;
	}

	void add(PendingTask task) {
		this.waiting.add(task);
		if (this.turns != null) {
			this.turns.add(task);
		}
		else if (task.fairKey() != null) {
			this.turns = new FairTurns();
			this.waiting.forEach(this.turns::add);
		}
	}

	@Nullable PendingTask poll() {
		if (this.turns == null || this.waiting.isEmpty()) {
			return this.waiting.pollFirst();
		}
		// Which priority is next is as without keys: they only change places within it.
		PendingTask task = this.turns.takeInsteadOf(this.waiting.first());
		this.waiting.remove(task);
		return task;
	}

	boolean remove(PendingTask task) {
		boolean there = this.waiting.remove(task);
		if (there && this.turns != null) {
			this.turns.remove(task);
		}
		return there;
	}

	List<PendingTask> clear() {
		List<PendingTask> all = new ArrayList<>(this.waiting);
		this.waiting.clear();
		if (this.turns != null) {
			this.turns.clear();
		}
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
