package dev.offload.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The workers of a pool, and how many of them may still be started. Safe for use by many
 * threads.
 */
final class WorkerTable {

	private final int maxWorkers;

	private final int maxStarting;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when a worker is gone. */
	private final Condition gone = this.lock.newCondition();

	/** Guarded by the lock: by number. */
	private final Map<Integer, Worker> workers = new LinkedHashMap<>();

	/** Guarded by the lock: starts that have been promised and have no worker yet. */
	private int reserved;

	/** Guarded by the lock. */
	private int lastNumber;

	/** Guarded by the lock. */
	private boolean closed;

	WorkerTable(int maxWorkers, int maxStarting) {
		this.maxWorkers = maxWorkers;
		this.maxStarting = maxStarting;
	}

	/**
	 * Reserves starts, so that as many workers as wanted are ready or starting.
	 * @param demand says how many more are wanted, given how many there are
	 * @return the numbers of the workers to start now
	 */
	List<Integer> reserve(Demand demand) {
		this.lock.lock();
		try {
			if (this.closed) {
				return List.of();
			}
			int starting = this.reserved + count(Worker.Phase.STARTING);
			int living = starting + count(Worker.Phase.READY);
			int all = this.reserved + this.workers.size();
			int wanted = Math.min(demand.wanted(starting, living),
					Math.min(this.maxWorkers - all, this.maxStarting - starting));
			List<Integer> numbers = new ArrayList<>();
			for (int i = 0; i < wanted; i++) {
				numbers.add(++this.lastNumber);
				this.reserved++;
			}
			return numbers;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Puts a worker in its reserved place.
	 * @param worker the worker
	 * @return {@code false} if the pool is closed, and the worker must not start
	 */
	boolean add(Worker worker) {
		this.lock.lock();
		try {
			this.reserved--;
			if (!this.closed) {
				this.workers.put(worker.number(), worker);
			}
			return !this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	void cancelReservation() {
		this.lock.lock();
		try {
			this.reserved--;
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(Worker worker) {
		this.lock.lock();
		try {
			this.workers.remove(worker.number());
			this.gone.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	List<Worker> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.workers.values());
		}
		finally {
			this.lock.unlock();
		}
	}

	int countReady() {
		this.lock.lock();
		try {
			return count(Worker.Phase.READY);
		}
		finally {
			this.lock.unlock();
		}
	}

	// Lets no more workers start.
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Waits until no worker is left, whatever interrupts it; false if the time was up
	// before.
	boolean awaitGone(long nanos) {
		long deadline = System.nanoTime() + nanos;
		boolean interrupted = false;
		this.lock.lock();
		try {
			while (!this.workers.isEmpty() && deadline - System.nanoTime() > 0) {
				interrupted |= awaitChange(deadline - System.nanoTime());
			}
			return this.workers.isEmpty();
		}
		finally {
			this.lock.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	// Returns whether it was interrupted. The loop is the caller's.
	@SuppressWarnings("WaitNotInLoop")
	private boolean awaitChange(long nanos) {
		try {
			var unused = this.gone.awaitNanos(nanos);
			return false;
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	private int count(Worker.Phase phase) {
		return (int) this.workers.values().stream().filter((worker) -> worker.phase() == phase).count();
	}

	/**
	 * How many more workers are wanted.
	 */
	interface Demand {

		int wanted(int starting, int living);

	}

}
