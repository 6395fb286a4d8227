package dev.offload.contract;

import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * The contract of tasks, for executors of type thread.
 */
class ThreadTasksContractTests extends TasksContract {

	@Override
	protected ExecutorFactory factory() {
		return new ThreadExecutorFactory();
	}

}
