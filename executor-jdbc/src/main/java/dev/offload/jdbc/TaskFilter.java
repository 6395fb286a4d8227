package dev.offload.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.offload.TaskQuery;

/**
 * A condition on tasks, with its parameters.
 *
 * @param where the condition
 * @param parameters its parameters
 */
record TaskFilter(String where, List<Object> parameters) {

	static TaskFilter of(TaskQuery query, Instant now) {
		List<Object> parameters = new ArrayList<>();
		StringBuilder where = new StringBuilder(" WHERE (EXPIRES_AT IS NULL OR EXPIRES_AT > ?)");
		parameters.add(now.atOffset(ZoneOffset.UTC));
		if (query.executor() != null) {
			where.append(" AND EXECUTOR = ?");
			parameters.add(query.executor());
		}
		if (query.label() != null) {
			where.append(" AND LABEL = ?");
			parameters.add(query.label());
		}
		if (!query.statuses().isEmpty()) {
			where.append(" AND STATUS IN (")
				.append(String.join(", ", Collections.nCopies(query.statuses().size(), "?")))
				.append(')');
			query.statuses().forEach((status) -> parameters.add(status.name()));
		}
		return new TaskFilter(where.toString(), parameters);
	}

	void bind(PreparedStatement statement) throws SQLException {
		for (int i = 0; i < this.parameters.size(); i++) {
			statement.setObject(i + 1, this.parameters.get(i));
		}
	}

}
