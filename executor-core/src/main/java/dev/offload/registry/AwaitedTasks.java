package dev.offload.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskRecord;
import dev.offload.TaskStatus;

/**
 * The last tasks whose callers waited, or which were refused. There may be very many, and
 * hardly anybody asks for one: to keep one takes two steps and no lock, to find one is a
 * search. Safe for use by many threads.
 */
final class AwaitedTasks {

	private final AtomicReferenceArray<@Nullable Kept> ring;

	private final AtomicLong next = new AtomicLong();

	private final long ttlNanos;

	AwaitedTasks(int capacity, long ttlNanos) {
		this.ring = new AtomicReferenceArray<>(capacity);
		this.ttlNanos = ttlNanos;
	}

	private boolean isOver(Kept kept, long now) {
		return this.ttlNanos > 0 && now - kept.at() >= this.ttlNanos;
	}

	void add(TaskRecord task, long now) {
		this.ring.set((int) (this.next.getAndIncrement() % this.ring.length()), new Kept(task, now));
	}

	// The newest that has run, or was refused if none has.
	@Nullable TaskRecord find(String id, long now) {
		TaskRecord refused = null;
		for (TaskRecord task : all(now)) {
			if (task.id().equals(id)) {
				if (task.status() != TaskStatus.REJECTED) {
					return task;
				}
				refused = (refused != null) ? refused : task;
			}
		}
		return refused;
	}

	// The newest first.
	List<TaskRecord> all(long now) {
		List<TaskRecord> all = new ArrayList<>();
		long last = this.next.get() - 1;
		for (long at = last; at >= 0 && at > last - this.ring.length(); at--) {
			Kept kept = this.ring.get((int) (at % this.ring.length()));
			if (kept != null && !isOver(kept, now)) {
				all.add(kept.task());
			}
		}
		return all;
	}

	void removeIf(Predicate<TaskRecord> condition) {
		for (int i = 0; i < this.ring.length(); i++) {
			Kept kept = this.ring.get(i);
			if (kept != null && condition.test(kept.task())) {
				this.ring.compareAndSet(i, kept, null);
			}
		}
	}

	private record Kept(TaskRecord task, long at) {

	}

}
