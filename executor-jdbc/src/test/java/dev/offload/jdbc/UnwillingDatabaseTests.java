package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskStoreTrouble;
import dev.offload.TaskStoreUnavailableException;
import dev.offload.TaskTimes;
import dev.offload.spi.StoredTask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a {@link JdbcTaskStore} whose database hangs, or whose pool fails.
 */
class UnwillingDatabaseTests {

	private JdbcConnectionPool source;

	private Unwilling unwilling;

	private JdbcTaskStore store;

	@BeforeEach
	void create() throws SQLException {
		this.source = Schema.h2("unwilling");
		this.unwilling = new Unwilling(this.source);
		this.store = JdbcTaskStore.builder(this.unwilling)
			.writeDelay(Duration.ofMillis(10))
			.answerTimeout(Duration.ofMillis(200))
			.build();
	}

	@AfterEach
	void close() throws SQLException {
		this.unwilling.be(null, false);
		this.store.close();
		Schema.execute(this.source, "DROP ALL OBJECTS");
		this.source.dispose();
	}

	@Test
	void databaseThatHangsIsToldOfAndHoldsNobodyUp() {
		Instant before = Instant.now();
		this.unwilling.be(null, true);
		save("one");
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !this.store.state().isAvailable());
		assertThat(this.store.state().failure()).contains("has not answered for more than 200 ms");
		Instant since = this.store.trouble().orElseThrow().since();
		assertThat(since).isBetween(before, Instant.now().minusMillis(200));
		assertThatExceptionOfType(TaskStoreUnavailableException.class).isThrownBy(() -> this.store.list(TaskQuery.ALL));
		assertThatExceptionOfType(TaskStoreUnavailableException.class)
			.isThrownBy(() -> this.store.clear(TaskQuery.ALL));
		assertThat(this.store.find("one")).isPresent();
		this.unwilling.be(null, false);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.store.state().isAvailable());
		assertThat(this.store.list(TaskQuery.ALL).total()).isEqualTo(1);
	}

	@Test
	void callersDoNotWaitForOneThatWritesForLong() throws Exception {
		this.unwilling.be(null, true);
		save("one");
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.unwilling.waiting() == 1);
		assertThatExceptionOfType(TaskStoreUnavailableException.class).isThrownBy(() -> this.store.list(TaskQuery.ALL));
	}

	@Test
	void poolThatFailsCostsNoTask() {
		this.unwilling.be(new IllegalStateException("the pool is closed"), false);
		save("one");
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !this.store.state().isAvailable());
		assertThat(this.store.state().failure()).contains("no connection", "the pool is closed");
		TaskStoreTrouble first = this.store.trouble().orElseThrow();
		long failures = this.store.state().failures();
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.store.state().failures() > failures);
		assertThat(this.store.trouble()).as("since when stays").contains(first);
		assertThat(this.store.state().unwritten()).isEqualTo(1);
		assertThat(this.store.state().dropped()).isZero();
		this.unwilling.be(null, false);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.store.state().written() == 1);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.store.trouble().isEmpty());
	}

	private void save(String id) {
		Instant now = Instant.now();
		TaskTimes times = new TaskTimes(now, now, now, Duration.ZERO, Duration.ZERO);
		this.store.save(new StoredTask(
				new TaskRecord("pdf", id, "", Map.of(), TaskStatus.SUCCEEDED, 1, -1, times, null, null)));
	}

	/**
	 * A database that gives no connection, for a time.
	 */
	private static final class Unwilling extends DelegatingDataSource {

		/** Guarded by this. */
		private @Nullable RuntimeException failure;

		/** Guarded by this. */
		private boolean hanging;

		/** Guarded by this. */
		private int waiting;

		Unwilling(JdbcConnectionPool source) {
			super(source);
		}

		synchronized void be(@Nullable RuntimeException failing, boolean hangs) {
			this.failure = failing;
			this.hanging = hangs;
			notifyAll();
		}

		synchronized int waiting() {
			return this.waiting;
		}

		@Override
		public Connection getConnection() throws SQLException {
			synchronized (this) {
				this.waiting++;
				while (this.hanging) {
					await();
				}
				this.waiting--;
				if (this.failure != null) {
					throw this.failure;
				}
			}
			return super.getConnection();
		}

		@SuppressWarnings("WaitNotInLoop")
		private void await() throws SQLException {
			try {
				wait();
			}
			catch (InterruptedException ex) {
				throw new SQLException("interrupted", ex);
			}
		}

	}

}
