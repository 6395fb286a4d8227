package dev.offload.jdbc;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings of a store.
 *
 * @param tablePrefix what the names of the tables begin with
 * @param resultTtl how long a task that has ended is kept, 0 for ever
 * @param writeDelay how long what has come waits for more
 * @param lease how long a service is taken for alive that was not heard of
 * @param closeTimeout how long closing may take
 * @param shortCalls whether calls are kept that end before they would be written
 */
record StoreSettings(String tablePrefix, Duration resultTtl, Duration writeDelay, Duration lease, Duration closeTimeout,
		boolean shortCalls) {

	/** It goes into statements as it is. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,29}");

	static final String TABLE_PREFIX = "OFFLOAD_";

	static final StoreSettings DEFAULTS = new StoreSettings(TABLE_PREFIX, Duration.ofHours(1), Duration.ofMillis(100),
			Duration.ofSeconds(30), Duration.ofSeconds(10), false);

	StoreSettings {
		if (!NAME.matcher(tablePrefix).matches()) {
			throw new IllegalArgumentException("the table prefix must be a letter or '_' and at most 30 letters, "
					+ "digits and '_', but is '" + tablePrefix + "'");
		}
		requireNotNegative("the result TTL", resultTtl);
		requirePositive("the lease of a service", lease);
		requireNotNegative("the write delay", writeDelay);
		requireNotNegative("the close timeout", closeTimeout);
	}

	// Not made before both are given.
	StoreSettings requireRenewable() {
		if (this.writeDelay.compareTo(this.lease.dividedBy(Lease.RENEWALS)) > 0) {
			throw new IllegalArgumentException("the write delay must be at most a third of the lease of a service ("
					+ this.lease + "), but is " + this.writeDelay + "; lower it or raise the lease");
		}
		return this;
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw new IllegalArgumentException(name + " must be a duration above 0, but is " + value);
		}
	}

	private static void requireNotNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + " must be a duration of 0 or more, but is " + value);
		}
	}

	StoreSettings withTablePrefix(String value) {
		return new StoreSettings(value, this.resultTtl, this.writeDelay, this.lease, this.closeTimeout,
				this.shortCalls);
	}

	StoreSettings withResultTtl(Duration value) {
		return new StoreSettings(this.tablePrefix, value, this.writeDelay, this.lease, this.closeTimeout,
				this.shortCalls);
	}

	StoreSettings withWriteDelay(Duration value) {
		return new StoreSettings(this.tablePrefix, this.resultTtl, value, this.lease, this.closeTimeout,
				this.shortCalls);
	}

	StoreSettings withLease(Duration value) {
		return new StoreSettings(this.tablePrefix, this.resultTtl, this.writeDelay, value, this.closeTimeout,
				this.shortCalls);
	}

	StoreSettings withCloseTimeout(Duration value) {
		return new StoreSettings(this.tablePrefix, this.resultTtl, this.writeDelay, this.lease, value, this.shortCalls);
	}

	StoreSettings withShortCalls(boolean value) {
		return new StoreSettings(this.tablePrefix, this.resultTtl, this.writeDelay, this.lease, this.closeTimeout,
				value);
	}

}
