package dev.offload.registry;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskCache;
import dev.offload.spi.TaskStore;

/**
 * Keeps the last tasks in memory: so many, for so long, and results up to so many bytes.
 * Tasks whose callers waited, and those that were refused, are kept apart, a tenth as
 * many, so that thousands of these do not push out a task that somebody may ask for. Safe
 * for use by many threads.
 */
public final class MemoryTaskStore implements TaskStore {

	private static final int AWAITED_SHARE = 10;

	private final TaskCache submitted;

	private final TaskRemoval removal;

	private final AwaitedTasks awaited;

	private final long maxResultBytes;

	private final LongSupplier nanoTime;

	private MemoryTaskStore(Builder builder) {
		this.submitted = builder.cache.apply(new TaskCache.Bounds(builder.maxRecords, builder.resultTtl,
				builder.maxTotalResultBytes, builder.nanoTime));
		this.removal = new TaskRemoval(this.submitted, builder.resultTtl, builder.starter);
		this.awaited = new AwaitedTasks(Math.max(1, builder.maxRecords / AWAITED_SHARE),
				TimeUnit.NANOSECONDS.convert(builder.resultTtl));
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
		if (task.awaited()) {
			this.awaited.add(task.task(), now());
			return;
		}
		long size = task.hasResult() ? ResultSize.of(task.result()) : 0;
		if (size <= this.maxResultBytes) {
			this.submitted.add(task, size);
		}
		else {
			this.submitted.add(new StoredTask(task.task()), 0);
		}
		this.removal.begin();
	}

	private long now() {
		return this.nanoTime.getAsLong();
	}

	@Override
	public Optional<StoredTask> find(String id) {
		Optional<StoredTask> found = this.submitted.find(id);
		TaskRecord called = this.awaited.find(id, now());
		if (called == null || (found.isPresent() && !replaces(called, found.get().task()))) {
			return found;
		}
		return Optional.of(new StoredTask(called, false, null, true));
	}

	private static boolean replaces(TaskRecord task, TaskRecord other) {
		boolean refused = task.status() == TaskStatus.REJECTED;
		if (refused != (other.status() == TaskStatus.REJECTED)) {
			// It has not run, and somebody may still ask for the result of the one that
			// has.
			return !refused;
		}
		return task.times().submittedAt().isAfter(other.times().submittedAt());
	}

	private static TaskRecord later(TaskRecord one, TaskRecord other) {
		return replaces(other, one) ? other : one;
	}

	@Override
	public TaskPage list(TaskQuery query) {
		return list(query, (task) -> false);
	}

	@Override
	public TaskPage list(TaskQuery query, Predicate<TaskRecord> hidden) {
		List<TaskRecord> all = all().stream()
			.filter((task) -> query.matches(task) && !hidden.test(task))
			.sorted(StandardTasks.NEWEST_FIRST)
			.toList();
		int first = Math.min(query.offset(), all.size());
		return new TaskPage(all.subList(first, Math.min(all.size(), first + query.limit())), all.size());
	}

	// One of each id: a task that was called under an id of before takes its place.
	private Collection<TaskRecord> all() {
		Map<String, TaskRecord> all = new HashMap<>();
		this.awaited.all(now()).forEach((task) -> all.merge(task.id(), task, MemoryTaskStore::later));
		this.submitted.all().forEach((task) -> all.merge(task.id(), task, MemoryTaskStore::later));
		return all.values();
	}

	@Override
	public long clear(TaskQuery query) {
		long count = all().stream().filter(query::matches).count();
		this.submitted.removeIf(query::matches);
		this.awaited.removeIf(query::matches);
		return count;
	}

	long resultBytes() {
		return this.submitted.resultBytes();
	}

	/**
	 * Ends the thread that removes what is over. What is kept can still be asked for, and
	 * with the next task that is saved there is such a thread again.
	 */
	@Override
	public void close() {
		this.removal.end();
	}

	@Override
	public String toString() {
		return (this.submitted instanceof SubmittedTasks) ? "in memory" : "in memory by " + this.submitted;
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

		private Consumer<Thread> starter = Thread::start;

		private Function<TaskCache.Bounds, TaskCache> cache = SubmittedTasks::new;

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

		/**
		 * Sets what keeps the tasks that were submitted, in place of a map in the order
		 * of their ends.
		 * @param value makes it, of the bounds
		 * @return this
		 */
		public Builder cache(Function<TaskCache.Bounds, TaskCache> value) {
			this.cache = Objects.requireNonNull(value, "cache");
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

		// Starts the thread that removes what is over.
		Builder starter(Consumer<Thread> value) {
			this.starter = value;
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
