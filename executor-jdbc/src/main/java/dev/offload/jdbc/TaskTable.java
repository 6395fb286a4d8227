package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorClosedException;
import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;

/**
 * The table of tasks. Each method is a part of a transaction.
 */
final class TaskTable {

	/** So many are removed at a time: one statement must not take long. */
	private static final int PURGED = 1_000;

	private final String table;

	private final String services;

	TaskTable(String prefix) {
		this.table = prefix + "TASK";
		this.services = prefix + "SERVICE";
	}

	// Not as a batch: when one fails, drivers and pools tell of it with all values.
	void write(Connection connection, Dialect dialect, List<TaskRow> rows, String service) throws SQLException {
		for (int from = 0; from < rows.size(); from += dialect.rows()) {
			List<TaskRow> some = rows.subList(from, Math.min(rows.size(), from + dialect.rows()));
			try (PreparedStatement statement = connection
				.prepareStatement(dialect.writeTasks(this.table, some.size()))) {
				TaskRowWriter writer = new TaskRowWriter(statement, service);
				for (TaskRow row : some) {
					writer.add(row);
				}
				statement.executeUpdate();
			}
		}
	}

	Optional<TaskRow> find(Connection connection, String id, Instant now, boolean withResult) throws SQLException {
		String sql = "SELECT " + (withResult ? TaskColumn.ALL : TaskColumn.RECORD) + " FROM " + this.table
				+ " WHERE ID = ? AND (EXPIRES_AT IS NULL OR EXPIRES_AT > ?)";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, id);
			statement.setObject(2, now.atOffset(ZoneOffset.UTC));
			try (ResultSet found = statement.executeQuery()) {
				return found.next() ? Optional.of(TaskRowReader.read(found, withResult)) : Optional.empty();
			}
		}
	}

	TaskPage list(Connection connection, TaskQuery query, Instant now) throws SQLException {
		TaskFilter filter = TaskFilter.of(query, now);
		String where = " FROM " + this.table + filter.where();
		long total;
		try (PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*)" + where)) {
			filter.bind(statement);
			try (ResultSet found = statement.executeQuery()) {
				found.next();
				total = found.getLong(1);
			}
		}
		String sql = "SELECT " + TaskColumn.RECORD + where + " ORDER BY SUBMITTED_AT DESC, ID DESC OFFSET "
				+ query.offset() + " ROWS FETCH FIRST " + query.limit() + " ROWS ONLY";
		List<TaskRecord> tasks = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			filter.bind(statement);
			try (ResultSet found = statement.executeQuery()) {
				while (found.next()) {
					tasks.add(TaskRowReader.read(found, false).task());
				}
			}
		}
		return new TaskPage(tasks, total);
	}

	// Removes those that have ended.
	long clear(Connection connection, TaskQuery query, Instant now) throws SQLException {
		TaskFilter filter = TaskFilter.of(query, now);
		String sql = "DELETE FROM " + this.table + filter.where() + " AND STATE_NUMBER = " + TaskRow.FINAL;
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			filter.bind(statement);
			return statement.executeUpdate();
		}
	}

	// Removes some of those whose time is over.
	int purge(Connection connection, Instant now) throws SQLException {
		String sql = "DELETE FROM " + this.table + " WHERE ID IN (SELECT ID FROM " + this.table
				+ " WHERE EXPIRES_AT <= ? FETCH FIRST " + PURGED + " ROWS ONLY)";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setObject(1, now.atOffset(ZoneOffset.UTC));
			return statement.executeUpdate();
		}
	}

	// Those that had not ended, of services that are no more.
	int loseOfOthers(Connection connection, String self, Instant now, @Nullable Instant expiry) throws SQLException {
		return lose(connection, "SERVICE_ID <> '" + self + "' AND SERVICE_ID NOT IN (SELECT ID FROM " + this.services
				+ " WHERE LEASE_UNTIL >= CURRENT_TIMESTAMP)", now, expiry);
	}

	int loseOf(Connection connection, String service, Instant now, @Nullable Instant expiry) throws SQLException {
		return lose(connection, "SERVICE_ID = '" + service + "'", now, expiry);
	}

	private int lose(Connection connection, String which, Instant now, @Nullable Instant expiry) throws SQLException {
		String sql = "UPDATE " + this.table + " SET STATUS = '" + TaskStatus.FAILED + "', STATE_NUMBER = "
				+ TaskRow.FINAL + ", FINISHED_AT = ?, EXPIRES_AT = ?, FAILURE_TYPE = ?, FAILURE_MESSAGE = ?, "
				+ "FAILURE_STACK = '' WHERE STATE_NUMBER < " + TaskRow.FINAL + " AND " + which;
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setObject(1, now.atOffset(ZoneOffset.UTC));
			statement.setObject(2, (expiry != null) ? expiry.atOffset(ZoneOffset.UTC) : null,
					Types.TIMESTAMP_WITH_TIMEZONE);
			statement.setString(3, ExecutorClosedException.class.getName());
			statement.setString(4, "The service that had the task ended before it did. Whether it has begun is told "
					+ "by when it was started; it is not run again");
			return statement.executeUpdate();
		}
	}

}
