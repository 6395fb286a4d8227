package dev.offload;

import java.io.Serial;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a task ran longer than {@code timeout}. It may have done part of its work.
 */
public class TaskTimeoutException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String taskId;

	private final Duration limit;

	private final long pid;

	private final List<String> taskStack;

	private final @Nullable String threadDumpFile;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param taskId the id of the task
	 * @param limit the limit
	 * @param pid the process id of the worker, {@code -1} if it ran in this JVM
	 * @param message what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public TaskTimeoutException(String executor, String taskId, Duration limit, long pid, String message,
			@Nullable Throwable cause) {
		this(executor, taskId, limit, pid, message, cause, List.of(), null);
	}

	/**
	 * Creates one that says where the task was.
	 * @param executor the name of the executor
	 * @param taskId the id of the task
	 * @param limit the limit
	 * @param pid the process id of the worker, {@code -1} if it ran in this JVM
	 * @param message what happened and what to do
	 * @param cause the cause, if there is one
	 * @param taskStack the innermost frames of the task's thread at the limit, possibly
	 * none
	 * @param threadDumpFile the file with the stacks of all threads, if there is one
	 */
	public TaskTimeoutException(String executor, String taskId, Duration limit, long pid, String message,
			@Nullable Throwable cause, List<String> taskStack, @Nullable String threadDumpFile) {
		super(executor, message, cause);
		this.taskId = taskId;
		this.limit = limit;
		this.pid = pid;
		this.taskStack = List.copyOf(taskStack);
		this.threadDumpFile = threadDumpFile;
	}

	/**
	 * The id of the task.
	 * @return the value
	 */
	public String taskId() {
		return this.taskId;
	}

	/**
	 * The limit.
	 * @return the value
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * The process id of the worker, {@code -1} if it ran in this JVM.
	 * @return the value
	 */
	public long pid() {
		return this.pid;
	}

	/**
	 * Where the task was at the limit: the innermost frames of its thread, at most
	 * twenty. None where {@code kill-grace} is 0, and where the worker could not tell in
	 * time.
	 * @return the frames, innermost first
	 */
	public List<String> taskStack() {
		return this.taskStack;
	}

	/**
	 * The file with the stacks of all threads of the worker at the limit. The newest
	 * twenty files are kept.
	 * @return its path, {@code null} if there is none
	 */
	public @Nullable String threadDumpFile() {
		return this.threadDumpFile;
	}

}
