package dev.offload.registry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.StoredTask;

/**
 * The last tasks whose callers have handles only, with their results, in the order of
 * their ends. The oldest goes first, whether it is one too many, its time is over, or the
 * results are too large together; then it keeps its record as long as it may. Safe for
 * use by many threads.
 */
final class SubmittedTasks {

	private final int maxRecords;

	private final long maxBytes;

	private final long ttlNanos;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock; the one that was saved first comes first. */
	private final Map<String, Kept> tasks = new LinkedHashMap<>();

	/** Guarded by the lock: those of the tasks that have a result kept. */
	private final Map<String, Kept> results = new LinkedHashMap<>();

	/** Guarded by the lock. */
	private long bytes;

	SubmittedTasks(int maxRecords, long maxBytes, long ttlNanos) {
		this.maxRecords = maxRecords;
		this.maxBytes = maxBytes;
		this.ttlNanos = ttlNanos;
	}

	void add(StoredTask task, long size, long now) {
		String id = task.task().id();
		Kept kept = new Kept(task, size, now);
		this.lock.lock();
		try {
			forget(this.tasks.remove(id));
			this.tasks.put(id, kept);
			if (task.hasResult()) {
				this.results.put(id, kept);
				this.bytes += size;
			}
			removeOld(now);
		}
		finally {
			this.lock.unlock();
		}
	}

	// Only with the lock.
	private void removeOld(long now) {
		Iterator<Kept> all = this.tasks.values().iterator();
		while (all.hasNext()) {
			Kept oldest = all.next();
			if (this.tasks.size() <= this.maxRecords && !isOver(oldest, now)) {
				break;
			}
			all.remove();
			forget(oldest);
		}
		Iterator<Kept> withResults = this.results.values().iterator();
		while (this.bytes > this.maxBytes && withResults.hasNext()) {
			Kept oldest = withResults.next();
			withResults.remove();
			this.bytes -= oldest.size();
			StoredTask left = new StoredTask(oldest.task().task());
			this.tasks.replace(left.task().id(), new Kept(left, 0, oldest.at()));
		}
	}

	private boolean isOver(Kept kept, long now) {
		return this.ttlNanos > 0 && now - kept.at() >= this.ttlNanos;
	}

	// Only with the lock, of a task that is not among the tasks any more.
	private void forget(@Nullable Kept gone) {
		if (gone != null && this.results.remove(gone.task().task().id()) != null) {
			this.bytes -= gone.size();
		}
	}

	@Nullable StoredTask find(String id, long now) {
		this.lock.lock();
		try {
			removeOld(now);
			Kept kept = this.tasks.get(id);
			return (kept != null) ? kept.task() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	List<StoredTask> all(long now) {
		this.lock.lock();
		try {
			removeOld(now);
			List<StoredTask> all = new ArrayList<>(this.tasks.size());
			this.tasks.values().forEach((kept) -> all.add(kept.task()));
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	void removeIf(Predicate<StoredTask> condition, long now) {
		this.lock.lock();
		try {
			removeOld(now);
			List<Kept> gone = this.tasks.values().stream().filter((kept) -> condition.test(kept.task())).toList();
			gone.forEach((kept) -> {
				this.tasks.remove(kept.task().task().id());
				forget(kept);
			});
		}
		finally {
			this.lock.unlock();
		}
	}

	// How long until the time of the oldest is over; -1 if there is none.
	long nanosUntilOver(long now) {
		this.lock.lock();
		try {
			removeOld(now);
			Iterator<Kept> all = this.tasks.values().iterator();
			return all.hasNext() ? Math.max(1, this.ttlNanos - (now - all.next().at())) : -1;
		}
		finally {
			this.lock.unlock();
		}
	}

	long bytes() {
		this.lock.lock();
		try {
			return this.bytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	private record Kept(StoredTask task, long size, long at) {

	}

}
