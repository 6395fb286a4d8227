package dev.offload.spring.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskCache;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CaffeineTaskCache}: how much it keeps and how long, by the clock that
 * it is given.
 */
class CaffeineTaskCacheTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final AtomicLong nanos = new AtomicLong(-5);

	private TaskCache cache(int maxRecords, Duration ttl, long maxBytes) {
		return new CaffeineTaskCache(new TaskCache.Bounds(maxRecords, ttl, maxBytes, this.nanos::get));
	}

	private static StoredTask task(String id, @Nullable Object result) {
		TaskTimes times = new TaskTimes(Instant.EPOCH, null, null, Duration.ZERO, Duration.ZERO);
		return new StoredTask(
				new TaskRecord("pool", id, "label", Map.of(), TaskStatus.SUCCEEDED, 1, -1, times, null, null), true,
				result);
	}

	private static boolean hasResult(TaskCache cache, String id) {
		return cache.find(id).orElseThrow().hasResult();
	}

	private static List<String> ids(TaskCache cache) {
		return cache.all().stream().map(TaskRecord::id).sorted().toList();
	}

	@Test
	void oldestGoesAndNeverTheNewest() {
		TaskCache cache = cache(20, SECOND, 1000);
		for (int i = 100; i < 300; i++) {
			cache.add(task("t" + i, "r"), 1);
			assertThat(cache.find("t" + i)).as("the newest").isPresent();
			// What is read often is no younger by that.
			cache.find("t" + Math.max(100, i - 15));
			assertThat(cache.resultBytes()).isEqualTo(Math.min(20, i - 99));
		}
		assertThat(ids(cache)).isEqualTo(IntStream.range(280, 300).mapToObj((i) -> "t" + i).toList());
	}

	@Test
	void oldestLosesItsResultWhereAllAreTooLarge() {
		TaskCache cache = cache(100, SECOND, 25);
		IntStream.range(0, 4).forEach((i) -> cache.add(task("t" + i, i), 10));
		assertThat(IntStream.range(0, 4).mapToObj((i) -> hasResult(cache, "t" + i))).containsExactly(false, false, true,
				true);
		assertThat(cache.resultBytes()).isEqualTo(20);
		cache.add(task("large", "x"), 25);
		assertThat(ids(cache)).hasSize(5);
		assertThat(cache.resultBytes()).isEqualTo(25);
		assertThat(cache.find("large")).contains(task("large", "x"));
	}

	@Test
	void idThatIsUsedAgainIsAsNewAsItsTask() {
		TaskCache cache = cache(2, SECOND, 100);
		cache.add(task("a", "first"), 60);
		cache.add(task("b", "other"), 20);
		cache.add(task("a", "second"), 70);
		assertThat(cache.find("a")).contains(task("a", "second"));
		assertThat(hasResult(cache, "b")).as("the first result of a has made room").isTrue();
		cache.add(task("c", null), 0);
		assertThat(ids(cache)).as("b is the oldest now").containsExactly("a", "c");
		assertThat(cache.find("c")).contains(task("c", null));
		assertThat(cache.resultBytes()).isEqualTo(70);
	}

	@Test
	void taskGoesWithItsResultWhenItsTimeIsOver() {
		TaskCache cache = cache(10, SECOND, 100);
		cache.add(task("a", "x"), 10);
		this.nanos.addAndGet(SECOND.toNanos() - 10);
		cache.add(task("b", "x"), 10);
		assertThat(ids(cache)).containsExactly("a", "b");
		this.nanos.addAndGet(20);
		assertThat(cache.find("a")).isEmpty();
		assertThat(ids(cache)).containsExactly("b");
		assertThat(cache.resultBytes()).isEqualTo(10);
		TaskCache forEver = cache(10, Duration.ZERO, 100);
		forEver.add(task("a", "x"), 10);
		this.nanos.addAndGet(Duration.ofDays(20_000).toNanos());
		assertThat(hasResult(forEver, "a")).isTrue();
	}

	@Test
	void removalSaysWhenThereIsMoreToRemove() {
		TaskCache cache = cache(10, SECOND, 100);
		assertThat(cache.removeOver()).isZero();
		cache.add(task("a", "x"), 10);
		this.nanos.addAndGet(SECOND.toNanos() / 4);
		cache.add(task("b", "x"), 10);
		assertThat(cache.removeOver()).isEqualTo(SECOND.toNanos() * 3 / 4);
		this.nanos.addAndGet(SECOND.toNanos() * 3 / 4);
		assertThat(cache.removeOver()).isEqualTo(SECOND.toNanos() / 4);
		assertThat(ids(cache)).containsExactly("b");
		TaskCache forEver = cache(10, Duration.ZERO, 100);
		forEver.add(task("a", "x"), 10);
		assertThat(forEver.removeOver()).isZero();
	}

	@Test
	void removedTaskTakesItsResultAlong() {
		TaskCache cache = cache(10, SECOND, 100);
		cache.add(task("a", "x"), 10);
		cache.add(task("b", "x"), 20);
		cache.removeIf((task) -> task.id().equals("a"));
		assertThat(ids(cache)).containsExactly("b");
		assertThat(cache.resultBytes()).isEqualTo(20);
	}

	@Test
	void boundsHoldUnderManyThreads() throws Exception {
		TaskCache cache = cache(50, SECOND, 300);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> all = IntStream.range(0, 4).<Future<?>>mapToObj((thread) -> threads.submit(() -> {
				for (int i = 0; i < 5000; i++) {
					// Also ids that others use at the same time.
					cache.add(task("t" + ((i % 3 == 0) ? i : thread * 10_000 + i), "x"), 10);
				}
			})).toList();
			for (Future<?> each : all) {
				each.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(ids(cache)).hasSize(50);
		assertThat(ids(cache).stream().filter((id) -> hasResult(cache, id))).hasSizeBetween(1, 30);
		assertThat(cache.resultBytes()).isBetween(10L, 300L);
		cache.removeIf((task) -> true);
		assertThat(cache.resultBytes()).isZero();
	}

}
