package dev.offload.worker;

import dev.offload.Task;

/**
 * What a worker runs before it says that it is ready. No record: to read the first of
 * them takes a JVM longer than all the rest of it.
 */
final class FirstTask implements Task<String> {

	private static final long serialVersionUID = 1;

	@Override
	public String run() {
		return "ready";
	}

}
