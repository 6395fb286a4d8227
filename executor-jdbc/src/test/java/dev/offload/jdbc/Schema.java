package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Databases with the tables of tasks.
 */
final class Schema {

	private Schema() {
	}

	static JdbcConnectionPool h2(String name) throws SQLException {
		JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
		create(pool, "h2");
		empty(pool);
		return pool;
	}

	static void create(DataSource dataSource, String platform) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			ScriptUtils.executeSqlScript(connection,
					new ClassPathResource("dev/offload/jdbc/schema-" + platform + ".sql"));
		}
	}

	static void empty(DataSource dataSource) throws SQLException {
		execute(dataSource, "DELETE FROM OFFLOAD_TASK");
		execute(dataSource, "DELETE FROM OFFLOAD_SERVICE");
	}

	static void execute(DataSource dataSource, String sql) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			connection.createStatement().execute(sql);
		}
	}

}
