package dev.offload.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at and kills processes without ever throwing: they come and go while they are
 * looked at, and that is known to break the JDK's queries.
 */
final class ProcessTree {

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private ProcessTree() {
	}

	/**
	 * The processes that a process has started, and those that they have.
	 * @param process the process
	 * @return handles that know the start of their process, so they never mean another
	 * one with the same number
	 */
	static List<ProcessHandle> descendants(ProcessHandle process) {
		try {
			return process.descendants().toList();
		}
		catch (RuntimeException ex) {
			return List.of();
		}
	}

	static boolean kill(ProcessHandle process) {
		try {
			return process.destroyForcibly();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Whether a process runs. One that has ended but whose end nobody has asked for yet
	 * does not, although the JDK calls it alive: where nobody collects orphans it stays
	 * for ever.
	 * @param process the process
	 * @return whether it does
	 */
	static boolean isAlive(ProcessHandle process) {
		try {
			return process.isAlive() && !hasEnded(process.pid());
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Waits until none of these runs.
	 * @param processes the processes
	 * @param deadlineNanos the {@code System.nanoTime()} at which to stop waiting
	 */
	static void awaitEnd(Collection<ProcessHandle> processes, long deadlineNanos) {
		for (ProcessHandle process : processes) {
			while (isAlive(process) && System.nanoTime() - deadlineNanos < 0) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
	}

	private static boolean hasEnded(long pid) {
		try (FileInputStream input = new FileInputStream("/proc/" + pid + "/stat")) {
			String stat = new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
			char state = stat.charAt(stat.lastIndexOf(')') + 2);
			return state == 'Z' || state == 'X';
		}
		catch (IOException | RuntimeException ex) {
			// There is no /proc, or the process is gone altogether, which the JDK knows.
			return false;
		}
	}

}
