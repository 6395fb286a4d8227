package dev.offload.local;

import java.util.List;

import dev.offload.ExecutorListener;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.PayloadCodec;

/**
 * The factories of the executors that stay in this JVM.
 */
public final class LocalExecutorFactories {

	private LocalExecutorFactories() {
	}

	/**
	 * One factory for each type: thread, virtual and inline, with the context carriers
	 * that {@link java.util.ServiceLoader} finds.
	 * @param listener told what happens in their executors
	 * @return the factories
	 */
	public static List<ExecutorFactory> all(ExecutorListener listener) {
		return all(listener, ContextCarriers.found(LocalExecutorFactories.class.getClassLoader()));
	}

	/**
	 * One factory for each type: thread, virtual and inline.
	 * @param listener told what happens in their executors
	 * @param carriers what captures and restores the context of tasks
	 * @return the factories
	 */
	public static List<ExecutorFactory> all(ExecutorListener listener, ContextCarriers carriers) {
		return all(listener, carriers, new JdkPayloadCodec());
	}

	/**
	 * One factory for each type: thread, virtual and inline.
	 * @param listener told what happens in their executors
	 * @param carriers what captures and restores the context of tasks
	 * @param codec encodes what would be sent to a worker, for executors that name no
	 * codec
	 * @return the factories
	 */
	public static List<ExecutorFactory> all(ExecutorListener listener, ContextCarriers carriers, PayloadCodec codec) {
		return List.of(new ThreadExecutorFactory(listener, carriers), new VirtualExecutorFactory(listener, carriers),
				new InlineExecutorFactory(listener, carriers, codec));
	}

}
