package dev.offload.jdbc;

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.offload.TaskQuery;
import dev.offload.TaskStatus;
import dev.offload.spi.StoredTask;
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
		database.close();
		server.remove();
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
	void nothingIsLostWhenTheDatabaseIsKilledAndStartedAgain() throws Exception {
		try (JdbcTaskStore store = JdbcTaskStore.builder(database).build()) {
			save(store, "before");
			assertThat(store.list(TaskQuery.ALL).total()).isEqualTo(1);
			server.kill();
			for (int i = 0; i < 100; i++) {
				save(store, "during-" + i);
			}
			assertThat(store.find("during-7").orElseThrow().result()).isEqualTo("result of during-7");
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

	private void save(TaskStore store, String id) {
		store.save(new StoredTask(task(id, TaskStatus.RUNNING, 1)));
		store.save(new StoredTask(task(id, TaskStatus.SUCCEEDED, 1), true, "result of " + id));
	}

}
