package dev.offload.jdbc;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The columns of a task, in the order in which they are written and read. The scripts of
 * the schema have the same.
 */
enum TaskColumn {

	ID(1, "VARCHAR(255)"), EXECUTOR(2, "VARCHAR(255)"), LABEL(3, "VARCHAR(1000)"), METADATA(4, "CLOB"),
	STATUS(5, "VARCHAR(20)"), ATTEMPT(6, "INTEGER"), WORKER_PID(7, "BIGINT"),
	SUBMITTED_AT(8, "TIMESTAMP(6) WITH TIME ZONE"), STARTED_AT(9, "TIMESTAMP(6) WITH TIME ZONE"),
	FINISHED_AT(10, "TIMESTAMP(6) WITH TIME ZONE"), WAITING_NANOS(11, "BIGINT"), RUNNING_NANOS(12, "BIGINT"),
	PROGRESS_DONE(13, "BIGINT"), PROGRESS_TOTAL(14, "BIGINT"), PROGRESS_MESSAGE(15, "VARCHAR(4000)"),
	PROGRESS_AT(16, "TIMESTAMP(6) WITH TIME ZONE"), FAILURE_TYPE(17, "VARCHAR(1000)"), FAILURE_MESSAGE(18, "CLOB"),
	FAILURE_STACK(19, "CLOB"), STATE_NUMBER(20, "INTEGER"), SERVICE_ID(21, "VARCHAR(40)"),
	EXPIRES_AT(22, "TIMESTAMP(6) WITH TIME ZONE"), RESULT_CODEC(23, "VARCHAR(100)"), RESULT_CLASS(24, "VARCHAR(1000)"),
	RESULT(25, "BLOB");

	/** The most characters of an id. */
	static final int MAX_ID = 255;

	/** What is read of a task without its result. */
	static final String RECORD = Arrays.stream(values())
		.filter((column) -> column.index < RESULT_CODEC.index)
		.map(TaskColumn::name)
		.collect(Collectors.joining(", "));

	/** What is read of a task with its result. */
	static final String ALL = Arrays.stream(values()).map(TaskColumn::name).collect(Collectors.joining(", "));

	private final int index;

	private final String type;

	TaskColumn(int index, String type) {
		this.index = index;
		this.type = type;
	}

	// How H2 calls its type.
	String type() {
		return this.type;
	}

	// Its number in statements and results.
	int index() {
		return this.index;
	}

}
