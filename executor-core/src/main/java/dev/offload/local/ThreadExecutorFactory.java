package dev.offload.local;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.dispatch.DispatchingExecutor;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.TaskDirectory;

/**
 * Makes executors that run tasks in platform threads of this JVM: no isolation, and a
 * task that does not heed its interrupt cannot be stopped.
 */
public final class ThreadExecutorFactory implements ExecutorFactory {

	private final ExecutorListener listener;

	private final ContextCarriers carriers;

	/**
	 * Creates one whose executors tell nobody, with the context carriers that
	 * {@link java.util.ServiceLoader} finds.
	 */
	public ThreadExecutorFactory() {
		this(ExecutorListener.NONE);
	}

	/**
	 * Creates one with the context carriers that {@link java.util.ServiceLoader} finds.
	 * @param listener told what happens in its executors
	 */
	public ThreadExecutorFactory(ExecutorListener listener) {
		this(listener, ContextCarriers.found(ThreadExecutorFactory.class.getClassLoader()));
	}

	/**
	 * Creates one.
	 * @param listener told what happens in its executors
	 * @param carriers what captures and restores the context of tasks
	 */
	public ThreadExecutorFactory(ExecutorListener listener, ContextCarriers carriers) {
		this.listener = listener;
		this.carriers = carriers;
	}

	@Override
	public String type() {
		return ExecutorSpec.THREAD;
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec) {
		return create(spec, new TaskDirectory(null));
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec, TaskDirectory directory) {
		return new DispatchingExecutor(spec, new ThreadBackend(new PlatformThreads(spec.name())), this.listener,
				this.carriers, directory);
	}

}
