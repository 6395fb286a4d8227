package dev.offload;

import java.io.Serial;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the worker process of a task died under it. Other tasks are not touched.
 */
public class WorkerCrashException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String taskId;

	private final WorkerDeath death;

	private final boolean mayHaveRun;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param taskId the id of the task
	 * @param death what is known of the end of the process
	 * @param mayHaveRun whether the task may have done part of its work
	 * @param message what happened and what to do
	 */
	public WorkerCrashException(String executor, String taskId, WorkerDeath death, boolean mayHaveRun, String message) {
		super(executor, message);
		this.taskId = taskId;
		this.death = death;
		this.mayHaveRun = mayHaveRun;
	}

	/**
	 * The task that ran.
	 * @return its id
	 */
	public String taskId() {
		return this.taskId;
	}

	/**
	 * The worker's process.
	 * @return its process id
	 */
	public long pid() {
		return this.death.pid();
	}

	/**
	 * The exit code of the process.
	 * @return the code, or {@code null} if it was ended by a signal or is not known
	 */
	public @Nullable Integer exitCode() {
		return this.death.exitCode();
	}

	/**
	 * The signal that ended the process.
	 * @return its name such as {@code SIGKILL}, or {@code null} if it exited by itself or
	 * that is not known
	 */
	public @Nullable String signal() {
		return this.death.signal();
	}

	/**
	 * The last lines that the process printed.
	 * @return the lines, possibly none
	 */
	public List<String> lastOutput() {
		return this.death.lastOutput();
	}

	/**
	 * The crash report of the JVM, if it wrote one.
	 * @return the path of its {@code hs_err} file or {@code null}
	 */
	public @Nullable String errorFile() {
		return this.death.errorFile();
	}

	/**
	 * Whether the task may have done part of its work: {@code false} only if nothing of
	 * it was sent.
	 * @return {@code true} if running it again could do something twice
	 */
	public boolean mayHaveRun() {
		return this.mayHaveRun;
	}

}
