package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskQuery;
import dev.offload.TaskStoreUnavailableException;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.registry.StandardExecutorRegistry;
import dev.offload.spi.TaskStore;
import dev.offload.test.TaskStoreContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract on a real PostgreSQL, and what happens when that is killed.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class PostgresTaskStoreIntegrationTests extends TaskStoreContract {

	private static PostgresServer server;

	private static HikariDataSource database;

	@BeforeAll
	static void start() throws Exception {
		server = PostgresServer.start();
		database = server.dataSource();
		Schema.create(database, "postgresql");
	}

	@AfterAll
	static void stop() throws Exception {
		try {
			if (database != null) {
				database.close();
			}
		}
		finally {
			if (server != null) {
				server.remove();
			}
		}
	}

	@BeforeEach
	void empty() throws Exception {
		Schema.empty(database);
	}

	@Override
	protected TaskStore create(Duration resultTtl) {
		return new WrittenThrough(JdbcTaskStore.builder(database).resultTtl(resultTtl).build());
	}

	@Test
	void noTaskFailsAndNothingIsLostWhenTheDatabaseIsKilledAndStartedAgain() throws Exception {
		try (JdbcTaskStore store = JdbcTaskStore.builder(database).build();
				ExecutorRegistry registry = registry(store)) {
			OffloadExecutor executor = registry.require("pdf");
			submit(executor, "before").future().join();
			assertThat(store.list(TaskQuery.ALL).total()).isEqualTo(1);
			server.kill();
			List<TaskHandle<String>> handles = IntStream.range(0, 100)
				.mapToObj((i) -> submit(executor, "during-" + i))
				.toList();
			assertThat(handles)
				.allSatisfy((handle) -> assertThat(handle.future().join()).isEqualTo("result of " + handle.id()));
			assertThat(registry.tasks().result("during-7")).isEqualTo("result of during-7");
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !store.state().isAvailable());
			assertThatExceptionOfType(TaskStoreUnavailableException.class).isThrownBy(() -> store.find("before"))
				.withMessageContaining("Task before cannot be looked for, the database does not answer");
			assertThatExceptionOfType(TaskStoreUnavailableException.class).isThrownBy(() -> store.list(TaskQuery.ALL));
			assertThat(store.state()).returns(100, JdbcTaskStoreState::unwritten)
				.satisfies((state) -> assertThat(state.failures()).isPositive());
			server.startAgain();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> store.state().isAvailable());
			assertThat(store.list(TaskQuery.ALL).total()).isEqualTo(101);
			assertThat(store.state()).returns(0, JdbcTaskStoreState::unwritten)
				.returns(0L, JdbcTaskStoreState::dropped);
			assertThat(store.find("before").orElseThrow().result()).isEqualTo("result of before");
			assertThat(store.find("during-7").orElseThrow().result()).isEqualTo("result of during-7");
		}
	}

	@Test
	void databaseThatMakesCallersWaitIsGivenUp() throws SQLException {
		try (JdbcTaskStore store = JdbcTaskStore.builder(database).answerTimeout(Duration.ofMillis(200)).build();
				Connection other = database.getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().execute("LOCK TABLE OFFLOAD_TASK");
			assertThatExceptionOfType(TaskStoreUnavailableException.class).isThrownBy(() -> store.find("one"))
				.withMessageContaining("statement timeout");
			other.rollback();
			assertThat(store.find("one")).isEmpty();
		}
	}

	private static TaskHandle<String> submit(OffloadExecutor executor, String id) {
		return executor.submit(() -> "result of " + id, TaskOptions.DEFAULTS.withId(id));
	}

	private static ExecutorRegistry registry(JdbcTaskStore store) {
		ExecutorRegistry registry = StandardExecutorRegistry.builder()
			.factory(new ThreadExecutorFactory())
			.store(store)
			.build();
		registry.getOrCreate(ExecutorSpec.builder("pdf").type("thread").maxPending(200).build());
		return registry;
	}

}
