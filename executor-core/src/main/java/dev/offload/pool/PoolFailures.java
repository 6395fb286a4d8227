package dev.offload.pool;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.CrashReport;
import dev.offload.CrashReport.CrashedTask;
import dev.offload.ExecutorSpec;
import dev.offload.TaskStatus;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerDeath;
import dev.offload.WorkerHeartbeat;
import dev.offload.WorkerLogging;
import dev.offload.WorkerStartException;
import dev.offload.dispatch.Outcome;
import dev.offload.dispatch.PendingTask;

/**
 * What a pool tells when a worker dies or cannot start, with words that say what to do.
 */
final class PoolFailures {

	private static final long MEGABYTE = 1024 * 1024;

	private final ExecutorSpec spec;

	PoolFailures(ExecutorSpec spec) {
		this.spec = spec;
	}

	Outcome crashed(PendingTask task, WorkerDeath death, EndReason reason, @Nullable WorkerHeartbeat heartbeat) {
		String why = switch (reason) {
			case TIMEOUT, CANCEL -> " was killed for another task that it ran (" + reason.word()
					+ ", threads-per-worker " + this.spec.threadsPerWorker() + ")";
			case HANG -> " gave no sign of life for hang-timeout " + this.spec.hangTimeout()
					+ " and was killed (raise hang-timeout if that is too short, 0 is never)";
			case PROTOCOL -> " broke the protocol (the log has how) and was killed";
			case CLOSE -> " was ended because the executor closes";
			default -> " " + death.reason();
		};
		String message = "Executor '" + this.spec.name() + "': worker pid " + death.pid() + why + " while it ran "
				+ task + " for " + task.running().toMillis()
				+ " ms. The task may have done part of its work; no other task is "
				+ "touched, and the worker is replaced" + details(death, heartbeat);
		CrashReport report = new CrashReport(this.spec.name(), death, reason.word(),
				new CrashedTask(task.id(), task.label(), task.running(), task.submission().attempts()), heartbeat);
		return Outcome.failure(TaskStatus.CRASHED, new WorkerCrashException(report, true, message));
	}

	private String details(WorkerDeath death, @Nullable WorkerHeartbeat heartbeat) {
		StringBuilder details = new StringBuilder();
		if (heartbeat != null) {
			details.append(memory(heartbeat));
		}
		if (death.evidence().heapDump() != null) {
			details.append(". The dump of its heap is ").append(death.evidence().heapDump());
		}
		if (death.errorFile() != null) {
			details.append(". Its crash report is ").append(death.errorFile());
		}
		if (death.errorSummary() != null) {
			details.append(":\n").append(death.errorSummary());
		}
		return details.append(output(death.lastOutput(), 20)).toString();
	}

	private static String memory(WorkerHeartbeat heartbeat) {
		String resident = (heartbeat.residentBytes() >= 0)
				? ", " + heartbeat.residentBytes() / MEGABYTE + " MB of the machine's memory" : "";
		return ". " + heartbeat.age().toMillis() + " ms before its end it used " + heartbeat.heapUsedBytes() / MEGABYTE
				+ " of " + heartbeat.heapMaxBytes() / MEGABYTE + " MB of heap" + resident + " and had "
				+ heartbeat.threads() + " threads";
	}

	WorkerStartException notStarted(long pid, String what, List<String> output, @Nullable Throwable cause) {
		StringBuilder message = new StringBuilder("Executor '").append(this.spec.name())
			.append("': a worker ")
			.append((pid >= 0) ? "(pid " + pid + ") " : "")
			.append("could not be started: ")
			.append(what);
		// A process that never was has no output anywhere.
		if (pid >= 0 || !output.isEmpty()) {
			message.append(output(output, 40));
		}
		return new WorkerStartException(this.spec.name(), pid, output, message.toString(), cause);
	}

	WorkerStartException otherClasses(Worker worker, String told) {
		return notStarted(worker.pid(),
				"its class path is not the one that it was started with (it has '" + told + "', and not '"
						+ worker.process().fingerprint()
						+ "'). Was a jar replaced under the running service? Restart it",
				worker.process().lastOutput(), null);
	}

	// Each task gets an exception of its own.
	WorkerStartException copyFor(WorkerStartException last) {
		String message = (last.getMessage() != null) ? last.getMessage() : "";
		return new WorkerStartException(this.spec.name(), last.pid(), last.output(),
				"After " + this.spec.startFailures()
						+ " failed starts in a row (start-failures) no task is taken for a while. " + message,
				last);
	}

	private String output(List<String> lines, int most) {
		if (this.spec.worker().logging() == WorkerLogging.INHERIT) {
			return ". Its last output is not known here: worker.logging is inherit, so it is in the output of this service";
		}
		return lines.isEmpty() ? "" : ". Its last output:\n  " + String.join("\n  ", tail(lines, most));
	}

	private static List<String> tail(List<String> lines, int most) {
		return lines.subList(Math.max(0, lines.size() - most), lines.size());
	}

}
