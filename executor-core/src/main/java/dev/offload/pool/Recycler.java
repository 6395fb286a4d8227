package dev.offload.pool;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Replaces workers, one at a time: a worker that is due goes on until its replacement is
 * ready, so the pool is never smaller for it. Safe for use by many threads.
 */
final class Recycler {

	private final WorkerTable table;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: who is to be replaced and why, in the order of finding. */
	private final Map<Worker, EndReason> due = new LinkedHashMap<>();

	/** Guarded by the lock: the number of the worker that starts as a replacement. */
	private int replacement;

	/** Set once, before the first worker is due. */
	private BiConsumer<Worker, EndReason> retirement = (worker, reason) -> {
	};

	Recycler(WorkerTable table) {
		this.table = table;
	}

	// Called with each worker whose replacement is ready.
	void onReplaced(BiConsumer<Worker, EndReason> action) {
		this.retirement = action;
	}

	/**
	 * Has a worker replaced. Whoever calls this must see that a replacement is started.
	 * @param worker the worker
	 * @param reason why
	 * @return {@code false} if it is to be replaced already or is not ready
	 */
	boolean due(Worker worker, EndReason reason) {
		this.lock.lock();
		try {
			return worker.phase() == Worker.Phase.READY && this.due.putIfAbsent(worker, reason) == null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Reserves the start of the next replacement.
	 * @return the number of the worker to start, 0 if none is wanted or may be started
	 * now
	 */
	int reserve() {
		this.lock.lock();
		try {
			if (this.replacement == 0 && !this.due.isEmpty()) {
				this.replacement = this.table.reserveReplacement();
				return this.replacement;
			}
			return 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	// A worker is ready: if it is a replacement, one that is due has to go.
	void ready(Worker worker) {
		Map.Entry<Worker, EndReason> replaced = null;
		this.lock.lock();
		try {
			if (worker.number() == this.replacement) {
				this.replacement = 0;
				replaced = pollDue();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (replaced != null) {
			this.retirement.accept(replaced.getKey(), replaced.getValue());
		}
	}

	private Map.@Nullable Entry<Worker, EndReason> pollDue() {
		Iterator<Map.Entry<Worker, EndReason>> entries = this.due.entrySet().iterator();
		while (entries.hasNext()) {
			Map.Entry<Worker, EndReason> next = Map.Entry.copyOf(entries.next());
			entries.remove();
			if (next.getKey().phase() == Worker.Phase.READY) {
				return next;
			}
		}
		return null;
	}

	// A worker ends, or goes on after all, and is not to be replaced any more.
	void forget(Worker worker) {
		this.lock.lock();
		try {
			this.due.remove(worker);
		}
		finally {
			this.lock.unlock();
		}
	}

	// A worker is not to be replaced for that reason any more.
	void forget(Worker worker, EndReason reason) {
		this.lock.lock();
		try {
			this.due.remove(worker, reason);
		}
		finally {
			this.lock.unlock();
		}
	}

	// A worker is gone, or never came.
	void gone(int number) {
		this.lock.lock();
		try {
			if (number == this.replacement) {
				this.replacement = 0;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
