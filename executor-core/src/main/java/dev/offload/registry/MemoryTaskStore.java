package dev.offload.registry;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;

/**
 * Keeps the last tasks in memory: so many, for so long, and results up to so many bytes.
 * Tasks whose callers waited, and those that were refused, are kept apart, a tenth as
 * many, so that thousands of these do not push out a task that somebody may ask for. Safe
 * for use by many threads.
 */
public final class MemoryTaskStore implements TaskStore {

	private static final int AWAITED_SHARE = 10;

	private final SubmittedTasks submitted;

	private final AwaitedTasks awaited;

	private final long maxResultBytes;

	private final long ttlNanos;

	private final LongSupplier nanoTime;

	/** Whether somebody comes to remove what is over. */
	private final AtomicBoolean removing = new AtomicBoolean();

	private MemoryTaskStore(Builder builder) {
		this.ttlNanos = TimeUnit.NANOSECONDS.convert(builder.resultTtl);
		this.submitted = new SubmittedTasks(builder.maxRecords, builder.maxTotalResultBytes, this.ttlNanos);
		this.awaited = new AwaitedTasks(Math.max(1, builder.maxRecords / AWAITED_SHARE), this.ttlNanos);
		this.maxResultBytes = Math.min(builder.maxResultBytes, builder.maxTotalResultBytes);
		this.nanoTime = builder.nanoTime;
	}

	/**
	 * Starts with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public void save(StoredTask task) {
		long now = this.nanoTime.getAsLong();
		if (task.awaited()) {
			this.awaited.add(task, now);
			return;
		}
		long size = task.hasResult() ? ResultSize.of(task.result()) : 0;
		this.submitted.add((size <= this.maxResultBytes) ? task : new StoredTask(task.task()), size, now);
		if (this.ttlNanos > 0 && !this.removing.get() && this.removing.compareAndSet(false, true)) {
			removeLater(new WeakReference<>(this), this.ttlNanos);
		}
	}

	// A store that is dropped is not kept by this.
	private static void removeLater(WeakReference<MemoryTaskStore> store, long nanos) {
		CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(() -> {
			MemoryTaskStore known = store.get();
			if (known != null) {
				known.removeOver(store);
			}
		});
	}

	private void removeOver(WeakReference<MemoryTaskStore> itself) {
		long next = this.submitted.nanosUntilOver(this.nanoTime.getAsLong());
		if (next > 0) {
			removeLater(itself, next);
		}
		else {
			this.removing.set(false);
		}
	}

	@Override
	public Optional<StoredTask> find(String id) {
		long now = this.nanoTime.getAsLong();
		StoredTask found = this.submitted.find(id, now);
		return Optional.ofNullable(later(found, this.awaited.find(id, now)));
	}

	private static @Nullable StoredTask later(@Nullable StoredTask one, @Nullable StoredTask other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		boolean refused = one.task().status() == TaskStatus.REJECTED;
		if (refused != (other.task().status() == TaskStatus.REJECTED)) {
			// It has not run, and somebody may still ask for the result of the one that
			// has.
			return refused ? other : one;
		}
		return other.task().times().submittedAt().isAfter(one.task().times().submittedAt()) ? other : one;
	}

	@Override
	public TaskPage list(TaskQuery query) {
		List<TaskRecord> all = all().stream()
			.map(StoredTask::task)
			.filter(query::matches)
			.sorted(StandardTasks.NEWEST_FIRST)
			.toList();
		int first = Math.min(query.offset(), all.size());
		return new TaskPage(all.subList(first, Math.min(all.size(), first + query.limit())), all.size());
	}

	// One of each id: a task that was called under an id of before takes its place.
	private Collection<StoredTask> all() {
		long now = this.nanoTime.getAsLong();
		Map<String, StoredTask> all = new HashMap<>();
		this.awaited.all(now).forEach((task) -> all.merge(task.task().id(), task, MemoryTaskStore::later));
		this.submitted.all(now).forEach((task) -> all.merge(task.task().id(), task, MemoryTaskStore::later));
		return all.values();
	}

	@Override
	public long clear(TaskQuery query) {
		long now = this.nanoTime.getAsLong();
		long count = all().stream().filter((task) -> query.matches(task.task())).count();
		this.submitted.removeIf((task) -> query.matches(task.task()), now);
		this.awaited.removeIf((task) -> query.matches(task.task()));
		return count;
	}

	long resultBytes() {
		return this.submitted.bytes();
	}

	@Override
	public String toString() {
		return "in memory";
	}

	/**
	 * Collects bounds. Not safe for use by many threads.
	 */
	public static final class Builder {

		private int maxRecords = 10_000;

		private Duration resultTtl = Duration.ofHours(1);

		private long maxResultBytes = 1L << 20;

		private long maxTotalResultBytes = 64L << 20;

		private LongSupplier nanoTime = System::nanoTime;

		private Builder() {
		}

		/**
		 * Sets how many tasks are kept that were submitted; of others there are a tenth
		 * as many besides.
		 * @param value the number, at least 1
		 * @return this
		 */
		public Builder maxRecords(int value) {
			require(value >= 1, "maxRecords must be at least 1, but is " + value);
			this.maxRecords = value;
			return this;
		}

		/**
		 * Sets how long after its end a task is kept, with its result.
		 * @param value the time, zero for as long as there is room
		 * @return this
		 */
		public Builder resultTtl(Duration value) {
			require(!value.isNegative(), "resultTtl must not be negative, but is " + value);
			this.resultTtl = value;
			return this;
		}

		/**
		 * Sets how large a result may be to be kept.
		 * @param value the bytes, 0 to keep none
		 * @return this
		 */
		public Builder maxResultBytes(long value) {
			require(value >= 0, "maxResultBytes must not be negative, but is " + value);
			this.maxResultBytes = value;
			return this;
		}

		/**
		 * Sets how large all results together may be. Of the oldest only the records are
		 * kept then.
		 * @param value the bytes
		 * @return this
		 */
		public Builder maxTotalResultBytes(long value) {
			require(value >= 0, "maxTotalResultBytes must not be negative, but is " + value);
			this.maxTotalResultBytes = value;
			return this;
		}

		private static void require(boolean condition, String message) {
			if (!condition) {
				throw new IllegalArgumentException(message);
			}
		}

		// The clock, in the place of that of the JVM.
		Builder nanoTime(LongSupplier value) {
			this.nanoTime = value;
			return this;
		}

		/**
		 * Builds.
		 * @return an empty store
		 */
		public MemoryTaskStore build() {
			return new MemoryTaskStore(this);
		}

	}

}
