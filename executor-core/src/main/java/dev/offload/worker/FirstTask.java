package dev.offload.worker;

import dev.offload.Task;

/**
 * What a worker runs before it says that it is ready.
 */
record FirstTask() implements Task<String> {

	@Override
	public String run() {
		return "ready";
	}

}
