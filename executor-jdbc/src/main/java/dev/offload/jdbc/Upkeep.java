package dev.offload.jdbc;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done from time to time: to renew the lease, to remove tasks whose time is
 * over, and to mark those of services that are no more. Used by one thread.
 */
final class Upkeep {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTaskStore.class);

	private final Database database;

	private final TaskTable tasks;

	private final ServiceTable services;

	private final Lease lease;

	private final Duration ttl;

	private final Clock clock;

	private long nextNanos = System.nanoTime();

	Upkeep(Database database, String tablePrefix, Lease lease, Duration ttl, Clock clock) {
		this.database = database;
		this.tasks = new TaskTable(tablePrefix);
		this.services = new ServiceTable(tablePrefix);
		this.lease = lease;
		this.ttl = ttl;
		this.clock = clock;
	}

	Duration interval() {
		return this.lease.interval();
	}

	void run() throws SQLException {
		this.lease.renewIfDue();
		if (System.nanoTime() - this.nextNanos < 0) {
			return;
		}
		Instant now = this.clock.instant();
		while (this.database.run((connection, dialect) -> this.tasks.purge(connection, now)) > 0) {
			this.lease.renewIfDue();
		}
		if (this.lease.isKeptForLong()) {
			loseOfOthers(now);
		}
		this.nextNanos = System.nanoTime() + interval().toNanos();
	}

	// Where the own lease was over, those of neighbours are, too, and they may be about
	// to renew them.
	void loseOfOthers(Instant now) throws SQLException {
		int lost = this.database.run((connection, dialect) -> {
			if (!this.lease.renew(connection)) {
				return 0;
			}
			int marked = this.tasks.loseOfOthers(connection, this.lease.service(), now, TaskRow.expiry(now, this.ttl));
			this.services.removeDead(connection);
			return marked;
		});
		if (lost > 0) {
			logger.warn("{} tasks had not ended when the service that had them did; they are marked as failed, and are "
					+ "not run again", lost);
		}
	}

	// This service ends, and what it has not brought to an end it never will.
	void end() throws SQLException {
		Instant now = this.clock.instant();
		this.database.run((connection, dialect) -> {
			int lost = this.tasks.loseOf(connection, this.lease.service(), now, TaskRow.expiry(now, this.ttl));
			this.services.remove(connection, this.lease.service());
			return lost;
		});
	}

}
