package dev.offload.spring.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.CacheEntry;
import org.jspecify.annotations.Nullable;

import dev.offload.TaskRecord;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskCache;

/**
 * Keeps tasks in two caches of Caffeine: one of records, bounded by number, and one of
 * results, bounded by their bytes. Both are bounded here, by the order in which Caffeine
 * has them to expire: left to itself it would choose what to evict by how often that was
 * read, and of tasks that nobody has read yet the newest would go.
 */
public final class CaffeineTaskCache implements TaskCache {

	/** Caffeine has an order of what it keeps only where that expires. */
	private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

	private final Bounds bounds;

	private final Cache<String, Kept> records;

	/**
	 * By the very record, so that a result is never found with a later task of its id.
	 */
	private final Cache<Kept, Result> results;

	/** Of the results that are in the cache, or about to be. */
	private final AtomicLong resultBytes = new AtomicLong();

	/**
	 * Creates an empty one.
	 * @param bounds how much it keeps, and how long
	 */
	public CaffeineTaskCache(Bounds bounds) {
		this.bounds = bounds;
		Caffeine<Object, Object> builder = builder(bounds);
		this.results = builder.<Kept, Result>removalListener((key, result, cause) -> {
			if (result != null) {
				this.resultBytes.addAndGet(-result.size());
			}
		}).build();
		this.records = builder(bounds).<String, Kept>removalListener((id, kept, cause) -> {
			if (kept != null) {
				this.results.invalidate(kept);
			}
		}).build();
	}

	// Without a scheduler of Caffeine: that of the JDK would keep the loader of the
	// application after its end.
	private static Caffeine<Object, Object> builder(Bounds bounds) {
		Caffeine<Object, Object> builder = Caffeine.newBuilder()
			.ticker(bounds.nanoTime()::getAsLong)
			.executor(Runnable::run);
		return builder.expireAfterWrite(bounds.resultTtl().isZero() ? FOR_EVER : bounds.resultTtl());
	}

	@Override
	public void add(StoredTask task, long size) {
		String id = task.task().id();
		Kept kept = new Kept(task.task());
		if (task.hasResult()) {
			this.resultBytes.addAndGet(size);
			this.results.put(kept, new Result(task.result(), size));
		}
		// In place of another it would soon be taken for as old as that.
		this.records.invalidate(id);
		this.records.put(id, kept);
		if (this.records.estimatedSize() > this.bounds.maxRecords()) {
			oldest(this.records, this::tooMany).forEach((old) -> this.records.asMap().remove(old.task().id(), old));
		}
		if (this.resultBytes.get() > this.bounds.maxTotalResultBytes()) {
			oldest(this.results, this::tooLarge).forEach(this.results::invalidate);
		}
	}

	// While they are looked at, Caffeine lets nobody else look.
	private static <K, V, T> T oldest(Cache<K, V> cache, Function<Stream<CacheEntry<K, V>>, T> choice) {
		return cache.policy().expireAfterWrite().orElseThrow().oldest(choice);
	}

	private List<Kept> tooMany(Stream<CacheEntry<String, Kept>> oldest) {
		long excess = this.records.estimatedSize() - this.bounds.maxRecords();
		return oldest.limit(Math.max(0, excess)).map(Map.Entry::getValue).toList();
	}

	private List<Kept> tooLarge(Stream<CacheEntry<Kept, Result>> oldest) {
		List<Kept> chosen = new ArrayList<>();
		long[] excess = { this.resultBytes.get() - this.bounds.maxTotalResultBytes() };
		oldest.takeWhile((entry) -> excess[0] > 0).forEach((entry) -> {
			excess[0] -= entry.getValue().size();
			chosen.add(entry.getKey());
		});
		return chosen;
	}

	@Override
	public Optional<StoredTask> find(String id) {
		return Optional.ofNullable(this.records.getIfPresent(id)).map((kept) -> {
			Result result = this.results.getIfPresent(kept);
			return (result != null) ? new StoredTask(kept.task(), true, result.value()) : new StoredTask(kept.task());
		});
	}

	@Override
	public List<TaskRecord> all() {
		return this.records.asMap().values().stream().map(Kept::task).toList();
	}

	@Override
	public void removeIf(Predicate<TaskRecord> condition) {
		this.records.asMap().values().removeIf((kept) -> condition.test(kept.task()));
	}

	@Override
	public long removeOver() {
		cleanUp();
		if (this.bounds.resultTtl().isZero()) {
			return 0;
		}
		Optional<Duration> next = oldest(this.records, (all) -> all.findFirst().map(CacheEntry::expiresAfter));
		return next.map((left) -> Math.max(1, left.toNanos())).orElse(0L);
	}

	private void cleanUp() {
		this.records.cleanUp();
		this.results.cleanUp();
	}

	@Override
	public long resultBytes() {
		cleanUp();
		return this.resultBytes.get();
	}

	@Override
	public String toString() {
		return "Caffeine";
	}

	/**
	 * A record, equal to itself only.
	 */
	private static final class Kept {

		private final TaskRecord task;

		Kept(TaskRecord task) {
			this.task = task;
		}

		TaskRecord task() {
			return this.task;
		}

	}

	/**
	 * A result, which may be nothing.
	 *
	 * @param value the result
	 * @param size its bytes, about
	 */
	private record Result(@Nullable Object value, long size) {

	}

}
