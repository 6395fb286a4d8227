package dev.offload.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskFailure;
import dev.offload.TaskProgress;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;

/**
 * Makes a task of the columns of a row.
 */
final class TaskRowReader {

	private TaskRowReader() {
	}

	static TaskRow read(ResultSet row, boolean withResult) throws SQLException {
		TaskRecord task = new TaskRecord(text(row, TaskColumn.EXECUTOR), text(row, TaskColumn.ID),
				text(row, TaskColumn.LABEL), MetadataJson.read(text(row, TaskColumn.METADATA)),
				TaskStatus.valueOf(text(row, TaskColumn.STATUS)), row.getInt(TaskColumn.ATTEMPT.index()),
				row.getLong(TaskColumn.WORKER_PID.index()), times(row), progress(row), failure(row));
		return new TaskRow(task, withResult ? result(row) : null, instant(row, TaskColumn.EXPIRES_AT));
	}

	private static TaskTimes times(ResultSet row) throws SQLException {
		Instant submitted = instant(row, TaskColumn.SUBMITTED_AT);
		return new TaskTimes((submitted != null) ? submitted : Instant.EPOCH, instant(row, TaskColumn.STARTED_AT),
				instant(row, TaskColumn.FINISHED_AT), Duration.ofNanos(row.getLong(TaskColumn.WAITING_NANOS.index())),
				Duration.ofNanos(row.getLong(TaskColumn.RUNNING_NANOS.index())));
	}

	private static @Nullable TaskProgress progress(ResultSet row) throws SQLException {
		Instant at = instant(row, TaskColumn.PROGRESS_AT);
		return (at != null) ? new TaskProgress(row.getLong(TaskColumn.PROGRESS_DONE.index()),
				row.getLong(TaskColumn.PROGRESS_TOTAL.index()), row.getString(TaskColumn.PROGRESS_MESSAGE.index()), at)
				: null;
	}

	private static @Nullable TaskFailure failure(ResultSet row) throws SQLException {
		String type = row.getString(TaskColumn.FAILURE_TYPE.index());
		return (type != null)
				? new TaskFailure(type, text(row, TaskColumn.FAILURE_MESSAGE), text(row, TaskColumn.FAILURE_STACK))
				: null;
	}

	private static @Nullable EncodedResult result(ResultSet row) throws SQLException {
		String codec = row.getString(TaskColumn.RESULT_CODEC.index());
		byte[] bytes = row.getBytes(TaskColumn.RESULT.index());
		return (codec != null && bytes != null) ? new EncodedResult(codec, text(row, TaskColumn.RESULT_CLASS), bytes)
				: null;
	}

	private static String text(ResultSet row, TaskColumn column) throws SQLException {
		String text = row.getString(column.index());
		return (text != null) ? text : "";
	}

	private static @Nullable Instant instant(ResultSet row, TaskColumn column) throws SQLException {
		OffsetDateTime time = row.getObject(column.index(), OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
