package dev.offload.spring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of tasks in a database, which the module {@code executor-jdbc} keeps.
 *
 * @param enabled Whether tasks are kept in the database of the application, where there
 * is one.
 * @param initializeSchema When the tables are made.
 * @param tablePrefix What the names of the tables begin with.
 * @param writeDelay How long what is known of a task waits for more before it is written.
 * Calls that end sooner are not written.
 * @param shortCalls Whether also calls are written that end before the write delay, and
 * tasks that are refused.
 * @param serviceLease How long a service is taken for alive that was not heard of. All
 * services that share the tables have the same.
 * @param closeTimeout How long closing may take to write what is not written yet.
 */
public record JdbcProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("embedded") InitializeSchema initializeSchema, @DefaultValue("OFFLOAD_") String tablePrefix,
		@DefaultValue("100ms") Duration writeDelay, @DefaultValue("false") boolean shortCalls,
		@DefaultValue("30s") Duration serviceLease, @DefaultValue("10s") Duration closeTimeout) {

	/** A service says so often within its lease that it is there. */
	private static final int RENEWALS = 3;

	/**
	 * When the tables are made.
	 */
	public enum InitializeSchema {

		/**
		 * If the database is embedded in the service.
		 */
		EMBEDDED,

		/**
		 * At each start, if they are not there.
		 */
		ALWAYS,

		/**
		 * Not by Offload.
		 */
		NEVER

	}

	/**
	 * Creates them.
	 * @param enabled whether tasks are kept in the database
	 * @param initializeSchema when the tables are made
	 * @param tablePrefix what the names of the tables begin with
	 * @param writeDelay how long what is known of a task waits for more
	 * @param shortCalls whether also calls are written that end before that
	 * @param serviceLease how long a service is taken for alive
	 * @param closeTimeout how long closing may take
	 * @throws IllegalArgumentException if one of them cannot be
	 */
	public JdbcProperties {
		if (!tablePrefix.matches("[A-Za-z_][A-Za-z0-9_]{0,29}")) {
			throw new IllegalArgumentException("offload.jdbc.table-prefix must be a letter or '_' and at most 29 "
					+ "letters, digits and '_' after it, but is '" + tablePrefix + "'");
		}
		if (writeDelay.isNegative()) {
			throw new IllegalArgumentException(
					"offload.jdbc.write-delay must be a duration of 0 or more, but is " + writeDelay);
		}
		if (serviceLease.isNegative() || serviceLease.isZero()) {
			throw new IllegalArgumentException(
					"offload.jdbc.service-lease must be a duration above 0, but is " + serviceLease);
		}
		if (writeDelay.compareTo(serviceLease.dividedBy(RENEWALS)) > 0) {
			throw new IllegalArgumentException("offload.jdbc.write-delay must be at most a third of "
					+ "offload.jdbc.service-lease (" + serviceLease + "), but is " + writeDelay);
		}
		if (closeTimeout.isNegative()) {
			throw new IllegalArgumentException(
					"offload.jdbc.close-timeout must be a duration of 0 or more, but is " + closeTimeout);
		}
	}

}
