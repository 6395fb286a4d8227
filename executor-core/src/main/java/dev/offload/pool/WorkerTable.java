package dev.offload.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;

/**
 * The workers of a pool, and how many of them may still be started. Safe for use by many
 * threads.
 */
final class WorkerTable {

	private final int maxStarting;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when a worker is gone. */
	private final Condition gone = this.lock.newCondition();

	/** Guarded by the lock: by number. */
	private final Map<Integer, Worker> workers = new LinkedHashMap<>();

	/** Guarded by the lock. */
	private int maxWorkers;

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
			// Asked for with each task that waits, as a rule when all there may be are
			// there.
			if (this.closed || size() >= this.maxWorkers) {
				return List.of();
			}
			int wanted = demand.wanted(count());
			int possible = Math.min(this.maxWorkers - size(), this.maxStarting - starting());
			List<Integer> numbers = new ArrayList<>();
			for (int i = 0; i < Math.min(wanted, possible); i++) {
				numbers.add(reserveOne());
			}
			return numbers;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Reserves the start of a worker that is to replace another one: there may be one
	// more for a while. Returns 0 if there may not be one now.
	int reserveReplacement() {
		this.lock.lock();
		try {
			boolean possible = !this.closed && size() <= this.maxWorkers && starting() < this.maxStarting;
			return possible ? reserveOne() : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	private int reserveOne() {
		this.reserved++;
		return ++this.lastNumber;
	}

	private int starting() {
		return this.reserved + count(Worker.Phase.STARTING);
	}

	private int size() {
		return this.reserved + this.workers.size();
	}

	private Stream<Worker> ready() {
		return this.workers.values().stream().filter((worker) -> worker.phase() == Worker.Phase.READY);
	}

	// The limit is read under the lock, so that of two changes the later one counts.
	void resize(IntSupplier limit) {
		this.lock.lock();
		try {
			this.maxWorkers = limit.getAsInt();
		}
		finally {
			this.lock.unlock();
		}
	}

	int maxWorkers() {
		this.lock.lock();
		try {
			return this.maxWorkers;
		}
		finally {
			this.lock.unlock();
		}
	}

	// The ready workers that are too many: those without a task first, and of them those
	// that had none for longest.
	List<Worker> surplus() {
		this.lock.lock();
		try {
			// those that are overdue may be lost soon, and have their replacement
			List<Worker> kept = ready().filter((worker) -> !worker.isOverdue()).toList();
			int tooMany = Math.max(0, kept.size() - this.maxWorkers);
			// read once, for it changes while it is compared
			return kept.stream()
				.map((worker) -> Map.entry(worker, worker.idleNanos()))
				.sorted(Map.Entry.<Worker, Long>comparingByValue().reversed())
				.limit(tooMany)
				.map(Map.Entry::getKey)
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Counts the workers of this moment.
	Count count() {
		this.lock.lock();
		try {
			return new Count(starting(), count(Worker.Phase.READY), (int) ready().filter(Worker::isBusy).count());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable Worker find(int number) {
		this.lock.lock();
		try {
			return this.workers.get(number);
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
		return count().ready();
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

		int wanted(Count count);

	}

	/**
	 * The workers of one moment.
	 *
	 * @param starting those that start
	 * @param ready those that are ready
	 * @param busy those of the ready ones that run a task
	 */
	record Count(int starting, int ready, int busy) {

		int living() {
			return this.starting + this.ready;
		}

		// How many are wanted whether or not tasks wait.
		int kept(ExecutorSpec limits) {
			return Math.max(limits.minWorkers(), (limits.spareWorkers() > 0) ? this.busy + limits.spareWorkers() : 0);
		}

	}

}
