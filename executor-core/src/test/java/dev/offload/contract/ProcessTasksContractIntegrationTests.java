package dev.offload.contract;

import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * The contract of tasks, for executors of type process.
 */
class ProcessTasksContractIntegrationTests extends TasksContract {

	@Override
	protected ExecutorFactory factory() {
		return new ProcessExecutorFactory();
	}

}
