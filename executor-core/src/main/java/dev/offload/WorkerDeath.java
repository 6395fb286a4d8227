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
 * @param evidence what else is known
 */
public record WorkerDeath(long pid, @Nullable Integer exitCode, @Nullable String signal, String reason,
		List<String> lastOutput, @Nullable String errorFile, @Nullable String errorSummary,
		Evidence evidence) implements Serializable {

	public WorkerDeath {
		lastOutput = List.copyOf(lastOutput);
	}

	/**
	 * A death of which nothing else is known.
	 * @param pid its process id
	 * @param exitCode its exit code, {@code null} if a signal ended it or it is not known
	 * @param signal the name of the signal that ended it, {@code null} if none did or it
	 * is not known
	 * @param reason in words
	 * @param lastOutput the last lines that it printed
	 * @param errorFile the path of the JVM's crash report, {@code null} if there is none
	 * @param errorSummary the head of that report, {@code null} if there is none
	 */
	public WorkerDeath(long pid, @Nullable Integer exitCode, @Nullable String signal, String reason,
			List<String> lastOutput, @Nullable String errorFile, @Nullable String errorSummary) {
		this(pid, exitCode, signal, reason, lastOutput, errorFile, errorSummary, Evidence.NONE);
	}

	/**
	 * What is known besides how it ended.
	 *
	 * @param killedByService whether its own service killed it
	 * @param heapDump the path of the dump of its heap, {@code null} if it left none
	 * @param kernelKills how many processes of the service's control group the kernel
	 * killed for want of memory since this one was started; {@code null} where that is
	 * not known
	 */
	public record Evidence(boolean killedByService, @Nullable String heapDump,
			@Nullable Long kernelKills) implements Serializable {

		/**
		 * Nothing is known.
		 */
		public static final Evidence NONE = new Evidence(false, null, null);

	}

}
