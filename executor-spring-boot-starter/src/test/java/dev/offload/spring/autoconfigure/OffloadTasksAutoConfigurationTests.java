package dev.offload.spring.autoconfigure;

import java.time.Duration;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskStatus;
import dev.offload.Tasks;
import dev.offload.UnknownTaskException;
import dev.offload.registry.MemoryTaskStore;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;
import dev.offload.spring.metrics.TaskStoreMetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OffloadTasksAutoConfiguration}.
 */
class OffloadTasksAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadTasksAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread");

	private static TaskHandle<String> submitted(OffloadExecutor executor, String result) {
		TaskHandle<String> handle = executor.submit(() -> result);
		assertThat(handle.future()).succeedsWithin(Duration.ofSeconds(10));
		return handle;
	}

	@ParameterizedTest
	@CsvSource({ ",in memory by Caffeine", "com.github.benmanes.caffeine.,in memory",
			"com.github.benmanes.caffeine.cache.Policy$CacheEntry,in memory" })
	void tasksAreFoundAfterTheirEnd(@Nullable String hidden, String kept) {
		this.runner.withClassLoader(new FilteredClassLoader((String name) -> hidden != null && name.startsWith(hidden)))
			.withPropertyValues("offload.tasks.max-records=1", "offload.tasks.max-result-size=1KB")
			.run((context) -> {
				assertThat(context.getBean(TaskStore.class)).hasToString(kept);
				Tasks tasks = context.getBean(Tasks.class);
				OffloadExecutor pool = context.getBean(ExecutorRegistry.class).require("pool");
				TaskHandle<String> first = submitted(pool, "one");
				assertThat(tasks.result(first.id())).isEqualTo("one");
				TaskHandle<String> second = submitted(pool, "x".repeat(10_000));
				assertThat(tasks.find(first.id())).as("one too many").isEmpty();
				assertThat(tasks.require(second.id()).status()).isEqualTo(TaskStatus.SUCCEEDED);
				assertThatExceptionOfType(UnknownTaskException.class).as("too large")
					.isThrownBy(() -> tasks.result(second.id()));
			});
	}

	@Test
	void tasksWhenNotKeptAreFoundWhileTheyRun() {
		this.runner.withPropertyValues("offload.tasks.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(TaskStore.class);
			TaskHandle<String> done = submitted(context.getBean(ExecutorRegistry.class).require("pool"), "one");
			assertThat(context.getBean(Tasks.class).find(done.id())).isEmpty();
		});
	}

	@Test
	void storeOfTheApplicationThatFailsFailsNoTaskAndIsCounted() {
		this.runner.withBean(FailingStore.class).run((context) -> {
			assertThat(context).doesNotHaveBean(MemoryTaskStore.class);
			TaskHandle<String> done = submitted(context.getBean(ExecutorRegistry.class).require("pool"), "one");
			assertThat(done.future().join()).isEqualTo("one");
			Tasks tasks = context.getBean(Tasks.class);
			assertThat(tasks.storeFailures()).isOne();
			MeterRegistry meters = new SimpleMeterRegistry();
			new TaskStoreMetrics(() -> tasks).bindTo(meters);
			assertThat(meters.get("offload.tasks.store.failures").functionCounter().count()).isOne();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-records=0", "result-ttl=-1s", "max-result-size=-1B", "max-total-result-size=-1B" })
	void valueThatCannotBeStopsTheStart(String setting) {
		this.runner.withPropertyValues("offload.tasks." + setting)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("offload.tasks." + setting.substring(0, setting.indexOf('='))));
	}

	/** A store that is down. */
	static final class FailingStore implements TaskStore {

		@Override
		public void save(StoredTask task) {
			throw new IllegalStateException("down");
		}

		@Override
		public Optional<StoredTask> find(String id) {
			throw new IllegalStateException("down");
		}

		@Override
		public TaskPage list(TaskQuery query) {
			throw new IllegalStateException("down");
		}

		@Override
		public long clear(TaskQuery query) {
			throw new IllegalStateException("down");
		}

	}

}
