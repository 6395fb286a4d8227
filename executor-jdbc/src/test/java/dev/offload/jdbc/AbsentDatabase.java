package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A database that does not answer.
 */
final class AbsentDatabase extends AbstractDataSource {

	@Override
	public Connection getConnection() throws SQLException {
		throw new SQLException("Connection refused", "08001");
	}

	@Override
	public Connection getConnection(String user, String password) throws SQLException {
		return getConnection();
	}

}
