package dev.offload;

import java.io.Serial;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.CrashReport.CrashedTask;

/**
 * Thrown when the worker process of a task died under it. Other tasks are not touched.
 */
public class WorkerCrashException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final CrashReport report;

	private final boolean mayHaveRun;

	/**
	 * Creates one.
	 * @param report all that is known
	 * @param mayHaveRun whether the task may have done part of its work
	 * @param message what happened and what to do
	 */
	public WorkerCrashException(CrashReport report, boolean mayHaveRun, String message) {
		super(report.executor(), message);
		this.report = report;
		this.mayHaveRun = mayHaveRun;
	}

	/**
	 * Creates one for a task and a worker of which little is known.
	 * @param executor the name of the executor
	 * @param taskId the id of the task
	 * @param death what is known of the end of the process
	 * @param mayHaveRun whether the task may have done part of its work
	 * @param message what happened and what to do
	 */
	public WorkerCrashException(String executor, String taskId, WorkerDeath death, boolean mayHaveRun, String message) {
		this(new CrashReport(executor, death, "crash", new CrashedTask(taskId, taskId, Duration.ZERO, 1), null),
				mayHaveRun, message);
	}

	/**
	 * All that is known of the worker and its end.
	 * @return the report
	 */
	public CrashReport report() {
		return this.report;
	}

	/**
	 * The task that ran.
	 * @return its id
	 */
	public String taskId() {
		return this.report.task().id();
	}

	/**
	 * The worker's process.
	 * @return its process id
	 */
	public long pid() {
		return this.report.death().pid();
	}

	/**
	 * The exit code of the process.
	 * @return the code, or {@code null} if it was ended by a signal or is not known
	 */
	public @Nullable Integer exitCode() {
		return this.report.death().exitCode();
	}

	/**
	 * The signal that ended the process.
	 * @return its name such as {@code SIGKILL}, or {@code null} if it exited by itself or
	 * that is not known
	 */
	public @Nullable String signal() {
		return this.report.death().signal();
	}

	/**
	 * The last lines that the process printed.
	 * @return the lines, possibly none
	 */
	public List<String> lastOutput() {
		return this.report.death().lastOutput();
	}

	/**
	 * The crash report of the JVM, if it wrote one.
	 * @return the path of its {@code hs_err} file or {@code null}
	 */
	public @Nullable String errorFile() {
		return this.report.death().errorFile();
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
