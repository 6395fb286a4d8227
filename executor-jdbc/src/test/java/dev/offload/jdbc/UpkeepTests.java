package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Upkeep} and {@link Lease}.
 */
class UpkeepTests {

	private static final Duration LEASE = Duration.ofMillis(600);

	private JdbcConnectionPool source;

	private Lease lease;

	private Upkeep upkeep;

	@BeforeEach
	void create() throws SQLException {
		this.source = Schema.h2("upkeep");
		Database database = new Database(this.source, Duration.ofSeconds(10));
		this.lease = new Lease(database, new ServiceTable("OFFLOAD_"), LEASE);
		this.upkeep = new Upkeep(database, "OFFLOAD_", this.lease, Duration.ofHours(1), Clock.systemUTC());
	}

	@AfterEach
	void close() throws SQLException {
		Schema.execute(this.source, "DROP ALL OBJECTS");
		this.source.dispose();
	}

	@Test
	void serviceThatWasSuspendedMarksNeitherItsTasksNorThoseOfItsNeighbours() throws SQLException {
		runUntilLeaseIsKeptForLong();
		Schema.execute(this.source, "INSERT INTO OFFLOAD_SERVICE VALUES ('neighbour', 1, CURRENT_TIMESTAMP)");
		insertTask("own", this.lease.service());
		insertTask("neighbours", "neighbour");
		Schema.execute(this.source, "UPDATE OFFLOAD_SERVICE SET LEASE_UNTIL = DATEADD('HOUR', -1, CURRENT_TIMESTAMP)");
		this.upkeep.loseOfOthers(Clock.systemUTC().instant());
		assertThat(this.lease.isKeptForLong()).isFalse();
		assertThat(running()).isEqualTo(2);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> {
			this.upkeep.run();
			return running() == 1;
		});
	}

	@Test
	void leaseThatWasOverIsKeptAnew() throws SQLException {
		runUntilLeaseIsKeptForLong();
		Schema.execute(this.source, "UPDATE OFFLOAD_SERVICE SET LEASE_UNTIL = DATEADD('HOUR', -1, CURRENT_TIMESTAMP)");
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> {
			this.lease.renewIfDue();
			return !this.lease.isKeptForLong();
		});
	}

	private void runUntilLeaseIsKeptForLong() {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			this.upkeep.run();
			return this.lease.isKeptForLong();
		});
	}

	private void insertTask(String id, String service) throws SQLException {
		Schema.execute(this.source,
				"INSERT INTO OFFLOAD_TASK (ID, EXECUTOR, LABEL, METADATA, STATUS, ATTEMPT, WORKER_PID, SUBMITTED_AT, "
						+ "WAITING_NANOS, RUNNING_NANOS, STATE_NUMBER, SERVICE_ID) VALUES ('" + id
						+ "', 'pdf', '', '{}', 'RUNNING', 1, -1, CURRENT_TIMESTAMP, 0, 0, 5, '" + service + "')");
	}

	private int running() throws SQLException {
		try (Connection connection = this.source.getConnection();
				ResultSet found = connection.createStatement()
					.executeQuery("SELECT COUNT(*) FROM OFFLOAD_TASK WHERE STATUS = 'RUNNING'")) {
			found.next();
			return found.getInt(1);
		}
	}

}
