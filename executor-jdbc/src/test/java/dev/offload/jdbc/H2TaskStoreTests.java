package dev.offload.jdbc;

import java.sql.SQLException;
import java.time.Duration;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeEach;

import dev.offload.spi.TaskStore;
import dev.offload.test.TaskStoreContract;

/**
 * The contract, on H2, for tasks that are not written yet when they are asked for.
 */
class H2TaskStoreTests extends TaskStoreContract {

	private static final JdbcConnectionPool DATABASE = database();

	private static JdbcConnectionPool database() {
		try {
			return Schema.h2("contract");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@BeforeEach
	void empty() throws SQLException {
		Schema.empty(DATABASE);
	}

	@Override
	protected TaskStore create(Duration resultTtl) {
		return JdbcTaskStore.builder(DATABASE)
			.resultTtl(resultTtl)
			.writeDelay(Duration.ofMinutes(1))
			.lease(Duration.ofMinutes(3))
			.build();
	}

}
