package dev.offload.local;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.dispatch.DispatchingExecutor;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.TaskDirectory;

/**
 * Makes executors that run each task in a virtual thread of this JVM, from JDK 21.
 */
public final class VirtualExecutorFactory implements ExecutorFactory {

	private final ExecutorListener listener;

	private final ContextCarriers carriers;

	/**
	 * Creates one whose executors tell nobody, with the context carriers that
	 * {@link java.util.ServiceLoader} finds.
	 */
	public VirtualExecutorFactory() {
		this(ExecutorListener.NONE);
	}

	/**
	 * Creates one with the context carriers that {@link java.util.ServiceLoader} finds.
	 * @param listener told what happens in its executors
	 */
	public VirtualExecutorFactory(ExecutorListener listener) {
		this(listener, ContextCarriers.found(VirtualExecutorFactory.class.getClassLoader()));
	}

	/**
	 * Creates one.
	 * @param listener told what happens in its executors
	 * @param carriers what captures and restores the context of tasks
	 */
	public VirtualExecutorFactory(ExecutorListener listener, ContextCarriers carriers) {
		this.listener = listener;
		this.carriers = carriers;
	}

	@Override
	public String type() {
		return ExecutorSpec.VIRTUAL;
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec) {
		return create(spec, new TaskDirectory(null));
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec, TaskDirectory directory) {
		return new DispatchingExecutor(spec, new ThreadBackend(new VirtualThreads(spec.name())), this.listener,
				this.carriers, directory);
	}

}
