package dev.offload.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import dev.offload.ExecutorRegistry;
import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskStoreTrouble;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadTasksAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the health of executors whose tasks cannot be kept.
 */
class StoreHealthTests {

	private final Store store = new Store();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadTasksAutoConfiguration.class,
				OffloadHealthContributorAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread")
		.withBean(Store.class, () -> this.store);

	@Test
	void storeThatFailsIsToldOfAndExecutorIsUp() {
		this.runner.run((context) -> {
			assertThat(store(context)).as("before the first task").isNull();
			this.store.failure = new IllegalStateException("down");
			Instant before = Instant.now();
			submit(context);
			String first = String.valueOf(store(context));
			assertThat(first).startsWith("failing since ").endsWith("java.lang.IllegalStateException: down");
			Instant since = since(first);
			assertThat(since).isBetween(before, Instant.now());
			this.store.failure = new StackOverflowError("other");
			submit(context);
			assertThat(store(context)).isEqualTo("failing since " + since + ": java.lang.StackOverflowError: other");
			this.store.failure = null;
			submit(context);
			assertThat(store(context)).as("it works again").isNull();
			this.store.trouble = new TaskStoreTrouble(Instant.EPOCH, "no connection");
			assertThat(store(context)).isEqualTo("failing since 1970-01-01T00:00:00Z: no connection");
		});
	}

	private static Instant since(String detail) {
		return Instant.parse(detail.substring("failing since ".length(), detail.indexOf("Z:") + 1));
	}

	private static void submit(ApplicationContext context) {
		assertThat(context.getBean(ExecutorRegistry.class).require("pool").submit(() -> 1).future())
			.succeedsWithin(Duration.ofSeconds(10));
	}

	private static @Nullable Object store(ApplicationContext context) {
		HealthIndicator pool = (HealthIndicator) Objects
			.requireNonNull(context.getBean(OffloadHealthContributor.class).getContributor("pool"));
		Health health = Objects.requireNonNull(pool.health(true));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		return health.getDetails().get("store");
	}

	/** A store that fails as it is told to. */
	static final class Store implements TaskStore {

		private volatile @Nullable Throwable failure;

		private volatile @Nullable TaskStoreTrouble trouble;

		@Override
		public void save(StoredTask task) {
			if (this.failure instanceof RuntimeException ex) {
				throw ex;
			}
			if (this.failure instanceof Error ex) {
				throw ex;
			}
		}

		@Override
		public Optional<StoredTask> find(String id) {
			return Optional.empty();
		}

		@Override
		public TaskPage list(TaskQuery query) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long clear(TaskQuery query) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<TaskStoreTrouble> trouble() {
			return Optional.ofNullable(this.trouble);
		}

	}

}
