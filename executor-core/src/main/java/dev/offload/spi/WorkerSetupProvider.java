package dev.offload.spi;

import dev.offload.ExecutorSpec;

/**
 * Says what the workers of an executor are given. Asked before each start of a worker, on
 * a thread of the executor.
 */
@FunctionalInterface
public interface WorkerSetupProvider {

	/**
	 * The setup of the next worker.
	 * @param spec the settings of its executor
	 * @return the setup
	 */
	WorkerSetup setupFor(ExecutorSpec spec);

}
