package dev.offload.jdbc;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What databases say differently.
 */
enum Dialect {

	/** H2. */
	H2(1) {

		@Override
		String writeTasks(String table, int count) {
			String guard = STALE.replace("{new}", "S").replace("{old}", "T");
			return "MERGE INTO " + table + " T USING (SELECT "
					+ joined((column) -> "CAST(? AS " + column.type() + ") AS " + column) + ") S ON T.ID = S.ID"
					+ " WHEN MATCHED AND NOT (" + guard + ") THEN UPDATE SET "
					+ updated((column) -> column + " = S." + column) + " WHEN NOT MATCHED THEN INSERT ("
					+ joined(TaskColumn::name) + ") VALUES (" + joined((column) -> "S." + column) + ")";
		}

		@Override
		String limit(long millis) {
			return "";
		}

	},

	/** PostgreSQL, and what speaks as it does. */
	POSTGRESQL(50) {

		@Override
		String writeTasks(String table, int count) {
			String guard = STALE.replace("{new}", "EXCLUDED").replace("{old}", table);
			return "INSERT INTO " + table + " (" + joined(TaskColumn::name) + ") VALUES "
					+ String.join(", ", Collections.nCopies(count, "(" + joined((column) -> "?") + ")"))
					+ " ON CONFLICT (ID) DO UPDATE SET " + updated((column) -> column + " = EXCLUDED." + column)
					+ " WHERE NOT (" + guard + ")";
		}

		@Override
		String limit(long millis) {
			return "SET LOCAL statement_timeout = " + millis;
		}

	};

	/** What is written has no place: see {@link TaskRow#isOlderThan}. */
	private static final String STALE = "CASE WHEN {new}.SUBMITTED_AT = {old}.SUBMITTED_AT"
			+ " THEN {new}.STATE_NUMBER < {old}.STATE_NUMBER"
			+ " ELSE {new}.STATUS = 'REJECTED' AND {old}.STATUS <> 'REJECTED' END";

	private final int rows;

	Dialect(int rows) {
		this.rows = rows;
	}

	/**
	 * The most tasks that one statement writes.
	 * @return the count
	 */
	int rows() {
		return this.rows;
	}

	/**
	 * Inserts tasks, or updates those with their ids unless these are further.
	 * @param table the table
	 * @param count how many
	 * @return a statement with a parameter for each column of each task, in their order
	 */
	abstract String writeTasks(String table, int count);

	/**
	 * What limits each statement of a transaction.
	 * @param millis the most it may take
	 * @return a statement, empty where a lock is the only thing to wait for, and that has
	 * a limit
	 */
	abstract String limit(long millis);

	static Dialect of(String product) {
		return switch (product.toLowerCase(Locale.ROOT)) {
			case "h2" -> H2;
			case "postgresql" -> POSTGRESQL;
			default -> throw new IllegalArgumentException("Tasks cannot be kept in the database '" + product
					+ "': only H2 and PostgreSQL are supported; use a DataSource of one of them for tasks, or set "
					+ "offload.jdbc.enabled to false");
		};
	}

	private static String joined(Function<TaskColumn, String> text) {
		return Arrays.stream(TaskColumn.values()).map(text).collect(Collectors.joining(", "));
	}

	private static String updated(Function<TaskColumn, String> text) {
		return Stream.of(TaskColumn.values())
			.filter((column) -> column != TaskColumn.ID)
			.map(text)
			.collect(Collectors.joining(", "));
	}

}
