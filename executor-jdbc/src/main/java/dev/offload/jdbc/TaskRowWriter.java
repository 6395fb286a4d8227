package dev.offload.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskFailure;
import dev.offload.TaskProgress;
import dev.offload.TaskRecord;
import dev.offload.TaskTimes;

/**
 * Gives a statement the columns of one task after the other.
 */
final class TaskRowWriter {

	private final PreparedStatement statement;

	private final String service;

	/** The parameters of the tasks before. */
	private int offset;

	TaskRowWriter(PreparedStatement statement, String service) {
		this.statement = statement;
		this.service = service;
	}

	void add(TaskRow row) throws SQLException {
		TaskRecord task = row.storable();
		this.statement.setString(index(TaskColumn.ID), task.id());
		this.statement.setString(index(TaskColumn.EXECUTOR), task.executor());
		this.statement.setString(index(TaskColumn.LABEL), task.label());
		this.statement.setString(index(TaskColumn.METADATA), MetadataJson.write(task.metadata()));
		this.statement.setString(index(TaskColumn.STATUS), task.status().name());
		this.statement.setInt(index(TaskColumn.ATTEMPT), task.attempt());
		this.statement.setLong(index(TaskColumn.WORKER_PID), task.workerPid());
		bind(task.times());
		bind(task.progress());
		bind(task.failure());
		this.statement.setInt(index(TaskColumn.STATE_NUMBER), row.state());
		this.statement.setString(index(TaskColumn.SERVICE_ID), this.service);
		bind(TaskColumn.EXPIRES_AT, row.expiresAt());
		bind(row.result());
		this.offset += TaskColumn.values().length;
	}

	private int index(TaskColumn column) {
		return this.offset + column.index();
	}

	private void bind(TaskTimes times) throws SQLException {
		bind(TaskColumn.SUBMITTED_AT, times.submittedAt());
		bind(TaskColumn.STARTED_AT, times.startedAt());
		bind(TaskColumn.FINISHED_AT, times.finishedAt());
		this.statement.setLong(index(TaskColumn.WAITING_NANOS), times.waiting().toNanos());
		this.statement.setLong(index(TaskColumn.RUNNING_NANOS), times.running().toNanos());
	}

	private void bind(@Nullable TaskProgress progress) throws SQLException {
		if (progress != null) {
			this.statement.setLong(index(TaskColumn.PROGRESS_DONE), progress.done());
			this.statement.setLong(index(TaskColumn.PROGRESS_TOTAL), progress.total());
		}
		else {
			this.statement.setNull(index(TaskColumn.PROGRESS_DONE), Types.BIGINT);
			this.statement.setNull(index(TaskColumn.PROGRESS_TOTAL), Types.BIGINT);
		}
		this.statement.setString(index(TaskColumn.PROGRESS_MESSAGE), (progress != null) ? progress.message() : null);
		bind(TaskColumn.PROGRESS_AT, (progress != null) ? progress.at() : null);
	}

	private void bind(@Nullable TaskFailure failure) throws SQLException {
		this.statement.setString(index(TaskColumn.FAILURE_TYPE), (failure != null) ? failure.type() : null);
		this.statement.setString(index(TaskColumn.FAILURE_MESSAGE), (failure != null) ? failure.message() : null);
		this.statement.setString(index(TaskColumn.FAILURE_STACK), (failure != null) ? failure.stack() : null);
	}

	private void bind(@Nullable EncodedResult result) throws SQLException {
		this.statement.setString(index(TaskColumn.RESULT_CODEC), (result != null) ? result.codec() : null);
		this.statement.setString(index(TaskColumn.RESULT_CLASS), (result != null) ? result.type() : null);
		this.statement.setBytes(index(TaskColumn.RESULT), (result != null) ? result.bytes() : null);
	}

	private void bind(TaskColumn column, @Nullable Instant instant) throws SQLException {
		if (instant != null) {
			this.statement.setObject(index(column), instant.atOffset(ZoneOffset.UTC));
		}
		else {
			this.statement.setNull(index(column), Types.TIMESTAMP_WITH_TIMEZONE);
		}
	}

}
