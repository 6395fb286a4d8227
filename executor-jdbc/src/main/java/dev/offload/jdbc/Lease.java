package dev.offload.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * Says in the database that this service is there. The tasks of a service whose lease is
 * over are lost. Safe for use by many threads.
 */
final class Lease {

	/** As often it is renewed within its time. */
	static final int RENEWALS = 3;

	private final String service = UUID.randomUUID().toString();

	private final Database database;

	private final ServiceTable table;

	private final Duration duration;

	/** Guarded by this: when it was renewed last, 0 if it never was. */
	private long renewedNanos;

	/** Guarded by this: since when it was renewed in time, 0 if it was not. */
	private long keptSinceNanos;

	Lease(Database database, ServiceTable table, Duration duration) {
		this.database = database;
		this.table = table;
		this.duration = duration;
	}

	String service() {
		return this.service;
	}

	Duration interval() {
		return this.duration.dividedBy(RENEWALS);
	}

	// Whether the leases of others can be believed to be over. Where the database was
	// away, nobody could renew any; those that are there do so before this is true.
	boolean isKeptForLong() {
		synchronized (this) {
			return this.keptSinceNanos != 0 && System.nanoTime() - this.keptSinceNanos >= this.duration.toNanos();
		}
	}

	void renewIfDue() throws SQLException {
		if (isDue()) {
			var unused = this.database.run((connection, dialect) -> renew(connection));
		}
	}

	// Tells whether it was not over. The database says so: the clock of a machine that is
	// suspended stands still. A part of a transaction.
	boolean renew(Connection connection) throws SQLException {
		long started = System.nanoTime();
		boolean kept = this.table.renew(connection, this.service, this.duration);
		synchronized (this) {
			if (!kept || this.keptSinceNanos == 0) {
				this.keptSinceNanos = started;
			}
			this.renewedNanos = started;
		}
		return kept;
	}

	private boolean isDue() {
		synchronized (this) {
			return this.renewedNanos == 0 || System.nanoTime() - this.renewedNanos >= interval().toNanos();
		}
	}

}
