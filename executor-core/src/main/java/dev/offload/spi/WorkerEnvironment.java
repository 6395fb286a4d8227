package dev.offload.spi;

import java.util.List;
import java.util.Map;

/**
 * What a worker knows of itself.
 *
 * @param executor the name of its executor
 * @param number its number in the executor, from 1; 0 in one that gets no task and only
 * leaves a start-up cache
 * @param arguments the arguments of its initializers
 * @param settings what the {@link WorkerSetup} of the service gave
 */
public record WorkerEnvironment(String executor, int number, List<String> arguments, Map<String, String> settings) {

	public WorkerEnvironment {
		arguments = List.copyOf(arguments);
		settings = Map.copyOf(settings);
	}

	@Override
	public String toString() {
		return "worker " + this.number + " of executor '" + this.executor + "'";
	}

}
