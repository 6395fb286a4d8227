package dev.offload.process;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the exit value of a process says.
 *
 * <p>
 * Java gives 128 plus the number of the signal for a process that was ended by one, just
 * as a shell does, so such a value can also be an exit code. It is taken for a signal,
 * and the reason says that it need not be one.
 *
 * @param exitCode the exit code, {@code null} if a signal ended the process
 * @param signal the name of the signal, {@code null} if none did
 * @param reason in words
 */
record ExitStatus(@Nullable Integer exitCode, @Nullable String signal, String reason) {

	/** That of a worker whose wrapper went on. */
	static final ExitStatus UNKNOWN = new ExitStatus(null, null,
			"ended; how is not known, for worker.launcher-prefix did not end with it");

	private static final int SIGNAL_BASE = 128;

	private static final Map<Integer, String> SIGNALS = Map.ofEntries(Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"),
			Map.entry(3, "SIGQUIT"), Map.entry(4, "SIGILL"), Map.entry(5, "SIGTRAP"), Map.entry(6, "SIGABRT"),
			Map.entry(7, "SIGBUS"), Map.entry(8, "SIGFPE"), Map.entry(9, "SIGKILL"), Map.entry(10, "SIGUSR1"),
			Map.entry(11, "SIGSEGV"), Map.entry(12, "SIGUSR2"), Map.entry(13, "SIGPIPE"), Map.entry(14, "SIGALRM"),
			Map.entry(15, "SIGTERM"), Map.entry(24, "SIGXCPU"), Map.entry(25, "SIGXFSZ"), Map.entry(31, "SIGSYS"));

	private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

	/**
	 * Reads an exit value.
	 * @param value what {@link Process#exitValue()} gave
	 * @param killed whether it was killed by this service
	 * @param report the crash report of its JVM, {@code null} if it wrote none
	 * @param output the last lines that it printed
	 * @param kernelKills how many processes of the group the kernel has killed meanwhile
	 * for want of memory, {@code null} if that is not known
	 * @return what it says
	 */
	static ExitStatus of(int value, boolean killed, @Nullable ErrorFile report, List<String> output,
			@Nullable Long kernelKills) {
		if (report != null && !killed) {
			return ofCrash(value, report);
		}
		String signal = SIGNALS.get(value - SIGNAL_BASE);
		if (signal == null) {
			return new ExitStatus(value, null, "exited with code " + value + codeReason(value, output));
		}
		if (killed && signal.equals("SIGKILL")) {
			return new ExitStatus(null, signal, "killed by its service (SIGKILL)");
		}
		if (signal.equals("SIGKILL") && kernelKills != null && kernelKills > 0) {
			return new ExitStatus(null, signal,
					"killed by the kernel's out-of-memory killer (SIGKILL, and memory.events of the control group "
							+ "counts " + kernelKills + " such kills since it was started)");
		}
		return new ExitStatus(null, signal, "ended by " + signal + signalReason(signal, value));
	}

	/**
	 * Without a core dump, a JVM that crashes exits with code 1. The report knows better.
	 */
	private static ExitStatus ofCrash(int value, ErrorFile report) {
		String signal = report.signal();
		if (signal != null) {
			return new ExitStatus(null, signal, "crashed in native code or in the JVM (" + signal + ")");
		}
		if (report.isOutOfMemory()) {
			return new ExitStatus(value, null,
					"crashed because the machine or the container has no more memory to give");
		}
		return new ExitStatus(value, null, "crashed in the JVM, exit code " + value);
	}

	private static String codeReason(int value, List<String> output) {
		if (value == 3) {
			return output.stream()
				.filter((line) -> line.contains(OUT_OF_MEMORY))
				.reduce((first, last) -> last)
				.map((line) -> " (out of memory" + line.substring(line.indexOf(OUT_OF_MEMORY) + OUT_OF_MEMORY.length())
						+ ")")
				.orElse(" (a JVM's code for out of memory, if no task called exit)");
		}
		if (output.stream().anyMatch((line) -> line.contains("Could not create the Java Virtual Machine"))) {
			return " (the JVM did not start: see its output, and worker.jvm-args)";
		}
		if (value == 126 || value == 127) {
			return " (a shell's code for a command that it cannot run: see worker.launcher-prefix)";
		}
		return "";
	}

	private static String signalReason(String signal, int value) {
		return switch (signal) {
			case "SIGKILL" ->
				" from outside, by the kernel when memory ran out or by another process (or a task called exit with "
						+ value + ")";
			case "SIGTERM", "SIGINT", "SIGHUP" -> " from outside (or a task called exit with " + value + ")";
			default -> " (or a task called exit with " + value + ")";
		};
	}

}
