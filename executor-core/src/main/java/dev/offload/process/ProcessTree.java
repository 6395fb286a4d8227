package dev.offload.process;

import java.util.List;

/**
 * Looks at and kills processes without ever throwing: they come and go while they are
 * looked at, and that is known to break the JDK's queries.
 */
final class ProcessTree {

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

	static boolean isAlive(ProcessHandle process) {
		try {
			return process.isAlive();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
