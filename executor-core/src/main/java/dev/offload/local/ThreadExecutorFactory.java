package dev.offload.local;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.dispatch.DispatchingExecutor;
import dev.offload.spi.ExecutorFactory;

/**
 * Makes executors that run tasks in platform threads of this JVM: no isolation, and a
 * task that does not heed its interrupt cannot be stopped.
 */
public final class ThreadExecutorFactory implements ExecutorFactory {

	private final ExecutorListener listener;

	/**
	 * Creates one whose executors tell nobody.
	 */
	public ThreadExecutorFactory() {
		this(ExecutorListener.NONE);
	}

	/**
	 * Creates one.
	 * @param listener told what happens in its executors
	 */
	public ThreadExecutorFactory(ExecutorListener listener) {
		this.listener = listener;
	}

	@Override
	public String type() {
		return ExecutorSpec.THREAD;
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec) {
		return new DispatchingExecutor(spec, new ThreadBackend(new PlatformThreads(spec.name())), this.listener);
	}

}
