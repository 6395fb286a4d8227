package dev.offload.spring.store;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;
import dev.offload.registry.MemoryTaskStore;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;
import dev.offload.test.TaskStoreContract;

/**
 * Tests for a store on {@link CaffeineTaskCache}: it does what every store does, and
 * keeps nothing of an application that has ended.
 */
class CaffeineTaskStoreTests extends TaskStoreContract {

	@Override
	protected TaskStore create(Duration resultTtl) {
		return MemoryTaskStore.builder().resultTtl(resultTtl).cache(CaffeineTaskCache::new).build();
	}

	@Test
	void resultLeavesTheMemoryThoughNobodyAsks() {
		try (TaskStore brief = create(Duration.ofMillis(20))) {
			WeakReference<Object> result = savedIn(brief);
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
				System.gc();
				return result.get() == null;
			});
		}
	}

	private WeakReference<Object> savedIn(TaskStore store) {
		Object result = new byte[10];
		store.save(new StoredTask(task("a", TaskStatus.SUCCEEDED, 0), true, result));
		return new WeakReference<>(result);
	}

	@Test
	void loaderOfAnApplicationThatHasEndedIsDropped() throws Exception {
		WeakReference<ClassLoader> loader = loaderOfAnApplication();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			System.gc();
			return loader.get() == null;
		});
	}

	private static WeakReference<ClassLoader> loaderOfAnApplication() throws Exception {
		URL[] places = Stream
			.of(Application.class, CaffeineTaskCache.class, MemoryTaskStore.class, Caffeine.class, Logger.class)
			.map((type) -> type.getProtectionDomain().getCodeSource().getLocation())
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
			Object application = loader.loadClass(Application.class.getName()).getConstructor().newInstance();
			((Runnable) application).run();
			return new WeakReference<>(loader);
		}
	}

	/** An application that keeps a task for long. */
	public static final class Application implements Runnable {

		private final TaskStore store = MemoryTaskStore.builder()
			.resultTtl(Duration.ofDays(1))
			.cache(CaffeineTaskCache::new)
			.build();

		@Override
		public void run() {
			TaskTimes times = new TaskTimes(Instant.EPOCH, null, null, Duration.ZERO, Duration.ZERO);
			TaskRecord task = new TaskRecord("pool", "a", "label", Map.of(), TaskStatus.SUCCEEDED, 1, -1, times, null,
					null);
			this.store.save(new StoredTask(task, true, "result"));
		}

	}

}
