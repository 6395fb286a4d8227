package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskStoreTrouble;

/**
 * Runs transactions, each on a connection of its own: what a caller has open has no part
 * in them. Safe for use by many threads.
 */
final class Database {

	/** What the network has beyond the time for a statement. */
	private static final int NETWORK_MILLIS = 5_000;

	private final DataSource dataSource;

	private final Duration timeout;

	/** Written by whoever asks first; all find the same. */
	private volatile @Nullable Dialect dialect;

	/** Since when those that run do so. */
	private final Map<Thread, Long> running = new ConcurrentHashMap<>();

	Database(DataSource dataSource, Duration timeout) {
		this.dataSource = dataSource;
		this.timeout = timeout;
	}

	// How long a statement may take.
	Duration timeout() {
		return this.timeout;
	}

	// What is wrong if one of those that run now has taken too long.
	Optional<TaskStoreTrouble> hanging() {
		long now = System.nanoTime();
		return this.running.values()
			.stream()
			.map((since) -> now - since)
			.filter((nanos) -> nanos > this.timeout.toNanos())
			.max(Comparator.naturalOrder())
			.map((nanos) -> new TaskStoreTrouble(Instant.now().minusNanos(nanos),
					"it has not answered for more than " + this.timeout.toMillis() + " ms"));
	}

	<T> T run(Transaction<T> transaction) throws SQLException {
		Thread thread = Thread.currentThread();
		this.running.put(thread, System.nanoTime());
		try (Connection connection = connect()) {
			return run(transaction, connection);
		}
		finally {
			this.running.remove(thread);
		}
	}

	// A pool that is closed, or cannot be made, says nothing of what is to be written.
	private Connection connect() throws SQLException {
		try {
			return this.dataSource.getConnection();
		}
		catch (RuntimeException ex) {
			throw new SQLException("no connection: " + ex, "08000", ex);
		}
	}

	private <T> T run(Transaction<T> transaction, Connection connection) throws SQLException {
		int networkTimeout = limitNetwork(connection);
		boolean autoCommit = connection.getAutoCommit();
		connection.setAutoCommit(false);
		try {
			Dialect spoken = dialect(connection);
			limit(connection, spoken);
			T result = transaction.run(connection, spoken);
			connection.commit();
			return result;
		}
		catch (SQLException | RuntimeException | Error ex) {
			rollBack(connection, ex);
			throw ex;
		}
		finally {
			restore(connection, autoCommit, networkTimeout);
		}
	}

	private void limit(Connection connection, Dialect spoken) throws SQLException {
		String limit = spoken.limit(this.timeout.toMillis());
		if (!limit.isEmpty()) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(limit);
			}
		}
	}

	// Drivers need not know it. What was set before, or -1.
	private int limitNetwork(Connection connection) {
		try {
			int before = connection.getNetworkTimeout();
			connection.setNetworkTimeout(Runnable::run, Math.toIntExact(this.timeout.toMillis() + NETWORK_MILLIS));
			return before;
		}
		catch (SQLException | RuntimeException | AbstractMethodError ex) {
			return -1;
		}
	}

	private Dialect dialect(Connection connection) throws SQLException {
		Dialect known = this.dialect;
		if (known == null) {
			known = Dialect.of(connection.getMetaData().getDatabaseProductName());
			this.dialect = known;
		}
		return known;
	}

	private static void rollBack(Connection connection, Throwable failure) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	// One that is broken cannot be restored, and its failure is thrown already.
	private static void restore(Connection connection, boolean autoCommit, int networkTimeout) {
		try {
			connection.setAutoCommit(autoCommit);
			if (networkTimeout >= 0) {
				connection.setNetworkTimeout(Runnable::run, networkTimeout);
			}
		}
		catch (SQLException ignored) {
			// the pool sees to it
		}
	}

	/**
	 * What is done in one transaction.
	 *
	 * @param <T> what comes of it
	 */
	@FunctionalInterface
	interface Transaction<T> {

		T run(Connection connection, Dialect dialect) throws SQLException;

	}

}
