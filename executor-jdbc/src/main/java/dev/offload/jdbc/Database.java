package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Runs transactions, each on a connection of its own: what a caller has open has no part
 * in them. Safe for use by many threads.
 */
final class Database {

	private final DataSource dataSource;

	/** Written by whoever asks first; all find the same. */
	private volatile @Nullable Dialect dialect;

	Database(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	<T> T run(Transaction<T> transaction) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			boolean autoCommit = connection.getAutoCommit();
			connection.setAutoCommit(false);
			try {
				T result = transaction.run(connection, dialect(connection));
				connection.commit();
				return result;
			}
			catch (SQLException | RuntimeException | Error ex) {
				rollBack(connection, ex);
				throw ex;
			}
			finally {
				restore(connection, autoCommit);
			}
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
	private static void restore(Connection connection, boolean autoCommit) {
		try {
			connection.setAutoCommit(autoCommit);
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
