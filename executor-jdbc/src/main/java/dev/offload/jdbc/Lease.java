package dev.offload.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * Says in the database that this service is there. The tasks of a service whose lease is
 * over are lost. Safe for use by many threads.
 */
final class Lease {

	/** As often it is renewed within its time. */
	private static final int RENEWALS = 3;

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
			long started = System.nanoTime();
			this.database.run((connection, dialect) -> {
				this.table.renew(connection, this.service, this.duration);
				return this;
			});
			renewed(started);
		}
	}

	private boolean isDue() {
		synchronized (this) {
			return this.renewedNanos == 0 || System.nanoTime() - this.renewedNanos >= interval().toNanos();
		}
	}

	private void renewed(long nanos) {
		synchronized (this) {
			boolean kept = this.renewedNanos != 0 && nanos - this.renewedNanos < this.duration.toNanos();
			if (!kept) {
				this.keptSinceNanos = nanos;
			}
			this.renewedNanos = nanos;
		}
	}

}
