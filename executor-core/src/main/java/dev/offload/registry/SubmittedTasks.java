package dev.offload.registry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskRecord;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskCache;

/**
 * A cache without a library: the tasks in the order of their ends, and a lock.
 */
final class SubmittedTasks implements TaskCache {

	private final Bounds bounds;

	private final long ttlNanos;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock; the one that was saved first comes first. */
	private final Map<String, Kept> tasks = new LinkedHashMap<>();

	/** Guarded by the lock: those of the tasks that have a result kept. */
	private final Map<String, Kept> results = new LinkedHashMap<>();

	/** Guarded by the lock. */
	private long bytes;

	SubmittedTasks(Bounds bounds) {
		this.bounds = bounds;
		this.ttlNanos = TimeUnit.NANOSECONDS.convert(bounds.resultTtl());
	}

	private long now() {
		return this.bounds.nanoTime().getAsLong();
	}

	@Override
	public void add(StoredTask task, long size) {
		long now = now();
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
			if (this.tasks.size() <= this.bounds.maxRecords() && !isOver(oldest, now)) {
				break;
			}
			all.remove();
			forget(oldest);
		}
		Iterator<Kept> withResults = this.results.values().iterator();
		while (this.bytes > this.bounds.maxTotalResultBytes() && withResults.hasNext()) {
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

	@Override
	public Optional<StoredTask> find(String id) {
		this.lock.lock();
		try {
			removeOld(now());
			return Optional.ofNullable(this.tasks.get(id)).map(Kept::task);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<TaskRecord> all() {
		this.lock.lock();
		try {
			removeOld(now());
			List<TaskRecord> all = new ArrayList<>(this.tasks.size());
			this.tasks.values().forEach((kept) -> all.add(kept.task().task()));
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void removeIf(Predicate<TaskRecord> condition) {
		this.lock.lock();
		try {
			removeOld(now());
			List<Kept> gone = this.tasks.values()
				.stream()
				.filter((kept) -> condition.test(kept.task().task()))
				.toList();
			gone.forEach((kept) -> {
				this.tasks.remove(kept.task().task().id());
				forget(kept);
			});
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long removeOver() {
		long now = now();
		this.lock.lock();
		try {
			removeOld(now);
			Iterator<Kept> all = this.tasks.values().iterator();
			return (this.ttlNanos > 0 && all.hasNext()) ? Math.max(1, this.ttlNanos - (now - all.next().at())) : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long resultBytes() {
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
