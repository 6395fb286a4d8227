package dev.offload.sample.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ways in which a task can go wrong. Each is a task that does it, in the process in
 * which it runs.
 */
public enum ChaosKind {

	/**
	 * Ends the process as a careless library would.
	 */
	EXIT,

	/**
	 * Ends the process without shutdown hooks.
	 */
	HALT,

	/**
	 * Makes native code touch memory that is not there.
	 */
	CRASH,

	/**
	 * Allocates until there is no more memory.
	 */
	OOM,

	/**
	 * Computes for ever, and does not listen to interrupts.
	 */
	SPIN,

	/**
	 * Calls itself until the stack is full.
	 */
	DEEP_RECURSION,

	/**
	 * Prints more than anyone wants to read.
	 */
	FLOOD_STDOUT,

	/**
	 * Leaves a child process behind.
	 */
	FORK_CHILD;

	/**
	 * The name in addresses.
	 * @return for example {@code fork-child}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Does it, in this process. Call it nowhere but in a worker.
	 * @return what was done, for the kinds that leave the process alive
	 * @throws Exception if it could not be done
	 */
	public ChaosReport run() throws Exception {
		return switch (this) {
			case EXIT -> ChaosTasks.exit();
			case HALT -> ChaosTasks.halt();
			case CRASH -> ChaosTasks.crash();
			case OOM -> ChaosTasks.oom();
			case SPIN -> ChaosTasks.spin();
			case DEEP_RECURSION -> ChaosTasks.deepRecursion();
			case FLOOD_STDOUT -> ChaosTasks.floodStdout();
			case FORK_CHILD -> ChaosTasks.forkChild();
		};
	}

	/**
	 * Finds a kind.
	 * @param id its name in addresses
	 * @return the kind, or empty
	 */
	public static Optional<ChaosKind> find(String id) {
		return Arrays.stream(values()).filter((kind) -> kind.id().equals(id)).findFirst();
	}

	/**
	 * The names of all kinds.
	 * @return the names in addresses
	 */
	public static List<String> ids() {
		return Arrays.stream(values()).map(ChaosKind::id).toList();
	}

}
