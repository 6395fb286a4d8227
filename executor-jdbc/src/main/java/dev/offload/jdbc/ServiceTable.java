package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * The table of the services that share the one of tasks. All times are those of the
 * database, for the clocks of machines differ. Each method is a part of a transaction.
 */
final class ServiceTable {

	private final String table;

	ServiceTable(String prefix) {
		this.table = prefix + "SERVICE";
	}

	// Says that the service is there, and for how long that is to be believed. Tells
	// whether it was to be believed until now.
	boolean renew(Connection connection, String service, Duration lease) throws SQLException {
		OffsetDateTime until = now(connection).plus(lease);
		String update = "UPDATE " + this.table + " SET LEASE_UNTIL = ? WHERE ID = ?";
		if (execute(connection, update + " AND LEASE_UNTIL >= CURRENT_TIMESTAMP", until, service) > 0) {
			return true;
		}
		if (execute(connection, update, until, service) == 0) {
			String insert = "INSERT INTO " + this.table + " (LEASE_UNTIL, ID, PID) VALUES (?, ?, "
					+ ProcessHandle.current().pid() + ")";
			execute(connection, insert, until, service);
		}
		return false;
	}

	void remove(Connection connection, String service) throws SQLException {
		execute(connection, "DELETE FROM " + this.table + " WHERE ID = ?", service);
	}

	void removeDead(Connection connection) throws SQLException {
		execute(connection, "DELETE FROM " + this.table + " WHERE LEASE_UNTIL < CURRENT_TIMESTAMP");
	}

	private static OffsetDateTime now(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT CURRENT_TIMESTAMP");
				ResultSet found = statement.executeQuery()) {
			found.next();
			return found.getObject(1, OffsetDateTime.class);
		}
	}

	private static int execute(Connection connection, String sql, Object... parameters) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			return statement.executeUpdate();
		}
	}

}
