package dev.offload.jdbc;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * What failures of a database mean.
 */
final class SqlFailures {

	private static final int MAX_CAUSES = 20;

	private static final int MAX_MESSAGE = 500;

	private SqlFailures() {
	}

	// Of what was written, rather than of the database: data (22), constraints (23),
	// limits (54), and what a driver throws that could not send it.
	static boolean isOfData(Throwable failure) {
		String state = state(failure);
		if (state == null) {
			return failure instanceof RuntimeException;
		}
		return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
	}

	// Of tables that are not there or are others.
	static boolean isOfSchema(Throwable failure) {
		String state = state(failure);
		return state != null && state.startsWith("42");
	}

	// What it says without the statement and the row, which stand on further lines.
	static String describe(Throwable failure) {
		String message = (failure.getMessage() != null) ? failure.getMessage() : "";
		String line = message.lines().findFirst().orElse("").split("; SQL statement", 2)[0].strip();
		return line.isEmpty() ? failure.getClass().getName() : CleanText.of(line, MAX_MESSAGE);
	}

	private static @Nullable String state(Throwable failure) {
		Throwable current = failure;
		for (int i = 0; i < MAX_CAUSES && current != null; i++) {
			if (current instanceof SQLException sql && sql.getSQLState() != null) {
				return sql.getSQLState();
			}
			current = current.getCause();
		}
		return null;
	}

}
