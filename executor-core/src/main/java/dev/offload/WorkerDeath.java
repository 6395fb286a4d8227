package dev.offload;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a worker process ended.
 *
 * @param pid its process id
 * @param exitCode its exit code, {@code null} if a signal ended it or it is not known
 * @param signal the name of the signal that ended it, {@code null} if none did or it is
 * not known
 * @param reason in words, such as {@code exited with code 3 (out of memory)}
 * @param lastOutput the last lines that it printed
 * @param errorFile the path of the JVM's crash report, {@code null} if there is none
 * @param errorSummary the head of that report, {@code null} if there is none
 */
public record WorkerDeath(long pid, @Nullable Integer exitCode, @Nullable String signal, String reason,
		List<String> lastOutput, @Nullable String errorFile, @Nullable String errorSummary) implements Serializable {

	public WorkerDeath {
		lastOutput = List.copyOf(lastOutput);
	}

}
