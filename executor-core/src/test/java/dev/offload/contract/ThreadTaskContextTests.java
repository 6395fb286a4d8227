package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * What tasks know of themselves in threads of this JVM.
 */
class ThreadTaskContextTests extends TaskContextContract {

	@Override
	protected ExecutorFactory factory(ExecutorListener listener) {
		return new ThreadExecutorFactory(listener);
	}

}
