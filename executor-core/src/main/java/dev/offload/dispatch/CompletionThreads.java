package dev.offload.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which an executor decodes and completes futures: made when needed, ended
 * when idle. One thread does all while it keeps up, for to wake another costs more than
 * most actions do. An action that blocks holds up no other: there is one more thread, at
 * once where the last one is seen to wait, and else when an action has waited for a
 * moment: a thread that waits in a call of the system, as for a socket, is not seen to
 * wait. Safe for use by many threads.
 */
final class CompletionThreads implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(CompletionThreads.class);

	/** How often it is looked whether actions wait too long. */
	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** How many looks at nothing there are before the last. */
	private static final int QUIET_LOOKS = 5;

	/** Threads come while it is awaited, so it takes a moment. */
	private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final String executor;

	private final Deadlines deadlines;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when no action waits any more. */
	private final Condition allTaken = this.lock.newCondition();

	/** Written under the lock. */
	private volatile boolean closed;

	/* All below is guarded by the lock. */

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	/** The one that became idle last is the first. */
	private final Deque<CompletionThread> idle = new ArrayDeque<>();

	/** The one that was woken last is the last. */
	private final Deque<CompletionThread> working = new ArrayDeque<>();

	private int made;

	/** How many actions were taken by threads. */
	private long taken;

	/** Whether there will be another look. */
	private boolean watched;

	private int quietLooks;

	/** What was taken at the last look. */
	private long takenThen;

	/** What will have been taken when all are that waited at the last look. */
	private long dueThen;

	/** How many threads more, when they are needed. */
	private int more;

	CompletionThreads(String executor, Deadlines deadlines) {
		this.executor = executor;
		this.deadlines = deadlines;
	}

	@Override
	public void execute(Runnable action) {
		CompletionThread woken = null;
		boolean watch = false;
		boolean here;
		this.lock.lock();
		try {
			here = this.closed;
			if (!here) {
				this.waiting.add(action);
				woken = needsThread() ? takeThread() : null;
				watch = woken == null && !this.watched;
				this.watched |= watch;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (here) {
			action.run();
		}
		else if (woken != null) {
			wake(woken);
		}
		else if (watch) {
			this.deadlines.run(LOOK_NANOS, this::look);
		}
	}

	// Where no thread can be made the action waits on, and the next look tries again: an
	// error here would settle nothing.
	private void wake(CompletionThread thread) {
		try {
			thread.wake();
		}
		catch (Throwable ex) {
			logger.error("Executor '{}': no thread can be made to complete futures", this.executor, ex);
			if (watchInsteadOf(thread)) {
				this.deadlines.run(LOOK_NANOS, this::look);
			}
		}
	}

	private boolean watchInsteadOf(CompletionThread thread) {
		this.lock.lock();
		try {
			this.working.removeLastOccurrence(thread);
			boolean watch = !this.watched;
			this.watched = true;
			return watch;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean needsThread() {
		return this.working.isEmpty() || this.working.getLast().isHeldUp();
	}

	private CompletionThread takeThread() {
		CompletionThread thread = this.idle.pollFirst();
		if (thread == null) {
			this.made++;
			thread = new CompletionThread(this, this.executor + "-completion-" + this.made);
		}
		this.working.addLast(thread);
		return thread;
	}

	// On the timer's thread.
	private void look() {
		List<CompletionThread> woken;
		this.lock.lock();
		try {
			this.quietLooks = this.waiting.isEmpty() ? this.quietLooks + 1 : 0;
			this.watched = this.quietLooks <= QUIET_LOOKS;
			if (!this.watched) {
				this.quietLooks = 0;
				return;
			}
			woken = takeThreads();
			this.takenThen = this.taken;
			this.dueThen = this.taken + this.waiting.size();
		}
		finally {
			this.lock.unlock();
		}
		this.deadlines.run(LOOK_NANOS, this::look);
		woken.forEach(this::wake);
	}

	// One more where an action has waited since the last look; and twice as many each
	// time while none at all is taken, for then all threads are held up.
	private List<CompletionThread> takeThreads() {
		if (this.taken >= this.dueThen) {
			this.more = 0;
			return List.of();
		}
		this.more = (this.taken == this.takenThen) ? Math.max(1, this.more * 2) : 1;
		return takeThreads(Math.min(this.more, this.waiting.size()));
	}

	private List<CompletionThread> takeThreads(int count) {
		List<CompletionThread> threads = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			threads.add(takeThread());
		}
		return threads;
	}

	// The next action for a thread, null if there is none and it is to be idle.
	@Nullable Runnable next(CompletionThread thread) {
		this.lock.lock();
		try {
			Runnable action = this.waiting.poll();
			if (action != null) {
				this.taken++;
			}
			else {
				this.working.removeLastOccurrence(thread);
				this.idle.addFirst(thread);
			}
			if (this.waiting.isEmpty()) {
				this.allTaken.signalAll();
			}
			return action;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	// Takes away a thread that was idle for long; false if it was woken meanwhile.
	boolean remove(CompletionThread thread) {
		this.lock.lock();
		try {
			return this.idle.remove(thread);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets the threads end, when they have taken what waits. What comes later runs on its
	 * caller.
	 */
	void close() {
		List<CompletionThread> left;
		this.lock.lock();
		try {
			awaitAllTaken();
			this.closed = true;
			// Those that work may all wait for what waits.
			left = takeThreads(this.waiting.size());
			left.addAll(this.idle);
		}
		finally {
			this.lock.unlock();
		}
		left.forEach(this::wake);
	}

	// An interrupt ends the wait and stays set.
	private void awaitAllTaken() {
		try {
			long nanos = CLOSE_NANOS;
			while (!this.waiting.isEmpty() && nanos > 0) {
				nanos = this.allTaken.awaitNanos(nanos);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
