package dev.offload.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Brings tasks and slots together: borrow-or-enqueue and finish-or-dequeue are one step
 * each under the one lock, and nothing else happens under it. The slot used last is
 * borrowed first.
 */
final class Dispatcher {

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private final Deque<Slot> idle = new ArrayDeque<>();

	/** Guarded by the lock. */
	private final LimitedQueue queue = new LimitedQueue();

	/** Guarded by the lock: the tasks that were given to a slot and have not left it. */
	private final Set<PendingTask> active = new LinkedHashSet<>();

	/** Guarded by the lock: the tasks that wait for the time of their next attempt. */
	private final Set<PendingTask> resting = new LinkedHashSet<>();

	/** Guarded by the lock: tasks wait although slots are idle. */
	private boolean paused;

	private final Consumer<PendingTask> starter;

	/**
	 * Creates one.
	 * @param starter called with each task that got a slot, by the thread that brought
	 * them together, without the lock
	 */
	Dispatcher(Consumer<PendingTask> starter) {
		this.starter = starter;
	}

	/**
	 * Lets a task wait for its time, until it is dispatched or removed.
	 * @param task the task
	 */
	void rest(PendingTask task) {
		this.lock.lock();
		try {
			this.resting.add(task);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives a task to an idle slot, or queues it.
	 * @param task the task
	 * @return {@code true} if it got a slot, or needs none because it is settled
	 */
	boolean dispatch(PendingTask task) {
		List<PendingTask> taken = List.of();
		boolean atOnce;
		this.lock.lock();
		try {
			this.resting.remove(task);
			// whoever settled it has looked for it in the queue already
			if (task.isSettled()) {
				return true;
			}
			atOnce = this.queue.isIdle() && !this.paused && this.queue.admits(task);
			Slot slot = atOnce ? this.idle.pollFirst() : null;
			if (slot == null) {
				atOnce = false;
				this.queue.add(task);
				taken = match();
			}
			else if (!take(task, slot)) {
				this.queue.passedOver(task);
				this.idle.addFirst(slot);
				return true;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (atOnce) {
			this.starter.accept(task);
			return true;
		}
		taken.forEach(this.starter);
		return !taken.isEmpty();
	}

	/**
	 * Gives a task to a slot of its own, which is never idle.
	 * @param task the task
	 * @param slot the slot
	 */
	void dispatchTo(PendingTask task, Slot slot) {
		boolean taken;
		this.lock.lock();
		try {
			this.resting.remove(task);
			taken = take(task, slot);
		}
		finally {
			this.lock.unlock();
		}
		if (taken) {
			this.starter.accept(task);
		}
	}

	/**
	 * Takes a slot that is free, and gives it the next task.
	 * @param slot the slot
	 * @param done the task that leaves it, {@code null} if it is new
	 */
	void offer(Slot slot, @Nullable PendingTask done) {
		PendingTask next;
		this.lock.lock();
		try {
			if (done != null) {
				leave(done);
			}
			next = this.paused ? null : takeNext(slot);
			if (next == null) {
				this.idle.addFirst(slot);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (next != null) {
			this.starter.accept(next);
		}
	}

	/**
	 * Takes a slot that is free, unless there is a next task for it.
	 * @param slot the slot
	 * @param done the task that leaves it
	 * @return {@code false} if a task waits for it, and nothing was done
	 */
	boolean offerIdle(Slot slot, PendingTask done) {
		this.lock.lock();
		try {
			boolean none = this.paused || (this.queue.isIdle() && !this.queue.isAwaited(done));
			if (none) {
				leave(done);
				this.idle.addFirst(slot);
			}
			return none;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable PendingTask takeNext(Slot slot) {
		PendingTask next = this.queue.poll();
		while (next != null && !take(next, slot)) {
			this.queue.passedOver(next);
			next = this.queue.poll();
		}
		return next;
	}

	// Gives the tasks that may have a slot to those that are idle. Only with the lock;
	// what is returned is started without it.
	private List<PendingTask> match() {
		if (this.paused || this.idle.isEmpty() || this.queue.isIdle()) {
			return List.of();
		}
		List<PendingTask> taken = new ArrayList<>();
		while (!this.idle.isEmpty() && !this.queue.isIdle()) {
			Slot slot = this.idle.removeFirst();
			PendingTask next = takeNext(slot);
			if (next == null) {
				this.idle.addFirst(slot);
			}
			else {
				taken.add(next);
			}
		}
		return taken;
	}

	private boolean take(PendingTask task, Slot slot) {
		if (!task.begin(slot)) {
			return false;
		}
		this.active.add(task);
		this.queue.began(task);
		return true;
	}

	// Whether another one may have a slot for it.
	private boolean leave(PendingTask task) {
		return this.active.remove(task) && this.queue.ended(task);
	}

	/**
	 * A task has left a slot that is gone, or that was its own.
	 * @param task the task
	 * @return {@code true} if another one may have a slot for it, and none is idle
	 */
	boolean left(PendingTask task) {
		List<PendingTask> taken;
		boolean wanting;
		this.lock.lock();
		try {
			boolean more = leave(task);
			taken = match();
			wanting = more && !this.queue.isIdle();
		}
		finally {
			this.lock.unlock();
		}
		taken.forEach(this.starter);
		return wanting;
	}

	/**
	 * Puts a task back that its slot never got.
	 * @param task the task
	 * @return {@code true} if it waited again, {@code false} if it was settled before
	 */
	boolean putBack(PendingTask task) {
		boolean waits;
		List<PendingTask> taken;
		this.lock.lock();
		try {
			waits = task.unbegin();
			if (waits) {
				this.active.remove(task);
				this.queue.addAgain(task);
			}
			else {
				leave(task);
			}
			taken = match();
		}
		finally {
			this.lock.unlock();
		}
		taken.forEach(this.starter);
		return waits;
	}

	// Lets tasks wait from now on, whatever slots are idle; false if they did before.
	boolean pause() {
		this.lock.lock();
		try {
			boolean changed = !this.paused;
			this.paused = true;
			return changed;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Gives the tasks that wait to the slots that are idle; false if it was not paused.
	boolean resume() {
		List<PendingTask> taken;
		boolean changed;
		this.lock.lock();
		try {
			changed = this.paused;
			this.paused = false;
			taken = match();
		}
		finally {
			this.lock.unlock();
		}
		taken.forEach(this.starter);
		return changed;
	}

	boolean isPaused() {
		this.lock.lock();
		try {
			return this.paused;
		}
		finally {
			this.lock.unlock();
		}
	}

	// The attempts that wait or run, or wait for their time, and are called so: one that
	// was cancelled may still be in its slot when another task has its id.
	List<PendingTask> find(String id) {
		this.lock.lock();
		try {
			return Stream.of(this.active.stream(), this.queue.stream(), this.resting.stream())
				.flatMap(Function.identity())
				.filter((task) -> task.id().equals(id))
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean withdraw(Slot slot) {
		this.lock.lock();
		try {
			return this.idle.remove(slot);
		}
		finally {
			this.lock.unlock();
		}
	}

	// Takes a task out of the queue; false if it does not wait there nor for its time.
	boolean remove(PendingTask task) {
		this.lock.lock();
		try {
			return this.queue.remove(task) || this.resting.remove(task);
		}
		finally {
			this.lock.unlock();
		}
	}

	List<PendingTask> clearQueue() {
		this.lock.lock();
		try {
			return this.queue.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Those that wait for their time, too.
	List<PendingTask> clearWaiting() {
		this.lock.lock();
		try {
			List<PendingTask> all = this.queue.clear();
			all.addAll(this.resting);
			this.resting.clear();
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	List<PendingTask> active() {
		this.lock.lock();
		try {
			return List.copyOf(this.active);
		}
		finally {
			this.lock.unlock();
		}
	}

	int queued() {
		this.lock.lock();
		try {
			return this.queue.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Counts the tasks that wait for nothing but a slot.
	int ready() {
		this.lock.lock();
		try {
			return this.queue.ready();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Reads numbers that add up: nothing moves between queue and slots meanwhile, and
	// none is settled and gone that is still counted here.
	<R> R read(Reading<R> reading) {
		this.lock.lock();
		try {
			return reading.read(this.queue.size(), this.active.size(), this.resting.size());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Reads other numbers beside those of the dispatcher.
	 *
	 * @param <R> the result
	 */
	interface Reading<R> {

		R read(int queued, int active, int retrying);

	}

}
