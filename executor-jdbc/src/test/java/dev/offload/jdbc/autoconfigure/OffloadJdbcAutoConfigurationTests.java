package dev.offload.jdbc.autoconfigure;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulator;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;
import dev.offload.Tasks;
import dev.offload.jdbc.JdbcTaskStore;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.registry.StandardExecutorRegistry;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OffloadJdbcAutoConfiguration}.
 */
class OffloadJdbcAutoConfigurationTests {

	private static final AtomicInteger RUNS = new AtomicInteger();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadJdbcAutoConfiguration.class));

	@Test
	void tasksAreFoundAgainAfterARestart() {
		ApplicationContextRunner service = database("restart").withUserConfiguration(RegistryConfiguration.class)
			.withPropertyValues("offload.jdbc.service-lease=300ms");
		CountDownLatch never = new CountDownLatch(1);
		service.run((context) -> {
			OffloadExecutor executor = context.getBean(ExecutorRegistry.class).require("pdf");
			executor.submit(() -> "text of 7", TaskOptions.DEFAULTS.withId("ended")).future().join();
			executor.submit(() -> {
				RUNS.incrementAndGet();
				never.await();
				return "";
			}, TaskOptions.DEFAULTS.withId("lost"));
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> RUNS.get() == 1);
		});
		service.run((context) -> {
			Tasks tasks = context.getBean(ExecutorRegistry.class).tasks();
			assertThat(tasks.result("ended")).isEqualTo("text of 7");
			TaskRecord ended = tasks.require("ended");
			assertThat(ended.status()).isEqualTo(TaskStatus.SUCCEEDED);
			assertThat(ended.times().finishedAt()).isNotNull();
			assertThat(tasks.list(TaskQuery.ALL).tasks()).extracting(TaskRecord::id).containsExactly("lost", "ended");
			assertThat(tasks.require("lost").status().isFinal()).isTrue();
			assertThat(tasks.require("lost").status()).isNotEqualTo(TaskStatus.SUCCEEDED);
			assertThat(RUNS).hasValue(1);
		});
		never.countDown();
	}

	@Test
	void tablesHaveThePrefix() {
		database("prefix").withPropertyValues("offload.jdbc.table-prefix=APP_").run((context) -> {
			assertThat(context).hasNotFailed();
			try (Connection connection = context.getBean(DataSource.class).getConnection();
					ResultSet tables = connection.getMetaData()
						.getTables(null, null, "APP_%", new String[] { "BASE TABLE" })) {
				assertThat(tables.next()).isTrue();
			}
		});
	}

	@Test
	void missingTablesStopTheStart() {
		database("missing").withPropertyValues("offload.jdbc.initialize-schema=never")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(SQLException.class)
				.extracting((cause) -> context.getStartupFailure().getCause().getMessage())
				.asString()
				.contains("its table OFFLOAD_TASK is not there", "offload.jdbc.initialize-schema to always"));
	}

	@Test
	void databaseWithoutAScriptIsToldOf() {
		for (String mode : List.of("embedded", "always")) {
			this.runner.withBean(DataSource.class, () -> new RenamedDatabase(source("jdbc:h2:mem:renamed"), "Derby"))
				.withPropertyValues("offload.jdbc.initialize-schema=" + mode)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContaining("only H2 and PostgreSQL are supported")
					.hasMessageContaining("offload.jdbc.enabled to false"));
		}
	}

	@Test
	void settingsOfTasksAndOfTheDatabaseAreThoseOfTheStore() {
		database("settings")
			.withPropertyValues("offload.tasks.result-ttl=2m", "offload.tasks.max-result-size=10B",
					"offload.jdbc.close-timeout=3s")
			.run((context) -> {
				JdbcTaskStore store = context.getBean(JdbcTaskStore.class);
				TaskTimes times = new TaskTimes(Instant.now(), null, Instant.now().minusSeconds(130), Duration.ZERO,
						Duration.ZERO);
				TaskRecord over = new TaskRecord("pdf", "over", "", Map.of(), TaskStatus.SUCCEEDED, 1, -1, times, null,
						null);
				store.save(new StoredTask(over, true, "more than ten bytes"));
				assertThat(store.find("over")).isEmpty();
				assertThat(store.state().unkeptResults()).isEqualTo(1);
			});
		database("settings").withPropertyValues("offload.jdbc.write-delay=11s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(
						"offload.jdbc.write-delay must be at most a third of offload.jdbc.service-lease"));
	}

	@Test
	void databaseThatIsAwayDoesNotStopTheStart() {
		this.runner.withBean(DataSource.class, AbsentDataSource::new)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(JdbcTaskStore.class));
	}

	@Test
	void backsOff() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(TaskStore.class));
		for (String setting : List.of("offload.enabled", "offload.tasks.enabled", "offload.jdbc.enabled")) {
			database("off").withPropertyValues(setting + "=false")
				.run((context) -> assertThat(context).as(setting).doesNotHaveBean(TaskStore.class));
		}
		database("off")
			.withClassLoader(
					new FilteredClassLoader(DatabasePopulator.class, DataSourceScriptDatabaseInitializer.class))
			.run((context) -> assertThat(context).doesNotHaveBean(TaskStore.class));
	}

	@Test
	void metersTellHowTheStoreFares() {
		database("meters").run((context) -> {
			SimpleMeterRegistry meters = new SimpleMeterRegistry();
			context.getBean(JdbcTaskStoreMeters.class).bindTo(meters);
			assertThat(meters.get("offload.tasks.jdbc.unwritten").gauge().value()).isZero();
			assertThat(meters.get("offload.tasks.jdbc.failures").functionCounter().count()).isZero();
		});
		database("bare").withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(JdbcTaskStoreMeters.class));
	}

	private ApplicationContextRunner database(String name) {
		return this.runner.withBean(DataSource.class, () -> source("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1"));
	}

	private static DataSource source(String url) {
		JdbcDataSource source = new JdbcDataSource();
		source.setURL(url);
		source.setUser("sa");
		return source;
	}

	static final class AbsentDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("Connection refused", "08001");
		}

		@Override
		public Connection getConnection(String user, String password) throws SQLException {
			return getConnection();
		}

	}

	/**
	 * One that says to be of another product.
	 */
	static final class RenamedDatabase extends DelegatingDataSource {

		private final String product;

		RenamedDatabase(DataSource target, String product) {
			super(target);
			this.product = product;
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return answering(Connection.class, connection, "getMetaData", answering(DatabaseMetaData.class,
					connection.getMetaData(), "getDatabaseProductName", this.product));
		}

		private static <T> T answering(Class<T> type, T target, String name, Object answer) {
			return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method,
					arguments) -> method.getName().equals(name) ? answer : method.invoke(target, arguments)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RegistryConfiguration {

		@Bean(destroyMethod = "closeAll")
		ExecutorRegistry registry(TaskStore store) {
			StandardExecutorRegistry registry = StandardExecutorRegistry.builder()
				.factory(new ThreadExecutorFactory())
				.store(store)
				.build();
			registry.getOrCreate(ExecutorSpec.builder("pdf").type("thread").closeTimeout(Duration.ZERO).build());
			return registry;
		}

	}

}
