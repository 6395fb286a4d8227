package dev.offload.local;

import java.util.List;

import dev.offload.ExecutorListener;
import dev.offload.spi.ExecutorFactory;

/**
 * The factories of the executors that stay in this JVM.
 */
public final class LocalExecutorFactories {

	private LocalExecutorFactories() {
	}

	/**
	 * One factory for each type: thread, virtual and inline.
	 * @param listener told what happens in their executors
	 * @return the factories
	 */
	public static List<ExecutorFactory> all(ExecutorListener listener) {
		return List.of(new ThreadExecutorFactory(listener), new VirtualExecutorFactory(listener),
				new InlineExecutorFactory(listener));
	}

}
