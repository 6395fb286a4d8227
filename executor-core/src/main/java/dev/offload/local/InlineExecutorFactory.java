package dev.offload.local;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadCodecs;
import dev.offload.dispatch.DispatchingExecutor;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.TaskDirectory;

/**
 * Makes executors that run tasks on their callers' threads, counted and limited like the
 * others, and by default encoded and decoded, so that what cannot be sent to a worker
 * fails here too.
 */
public final class InlineExecutorFactory implements ExecutorFactory {

	private final ExecutorListener listener;

	private final ContextCarriers carriers;

	private final PayloadCodec codec;

	/**
	 * Creates one whose executors tell nobody, with the context carriers that
	 * {@link java.util.ServiceLoader} finds.
	 */
	public InlineExecutorFactory() {
		this(ExecutorListener.NONE);
	}

	/**
	 * Creates one with the context carriers that {@link java.util.ServiceLoader} finds.
	 * @param listener told what happens in its executors
	 */
	public InlineExecutorFactory(ExecutorListener listener) {
		this(listener, ContextCarriers.found(InlineExecutorFactory.class.getClassLoader()));
	}

	/**
	 * Creates one.
	 * @param listener told what happens in its executors
	 * @param carriers what captures and restores the context of tasks
	 */
	public InlineExecutorFactory(ExecutorListener listener, ContextCarriers carriers) {
		this(listener, carriers, new JdkPayloadCodec());
	}

	/**
	 * Creates one.
	 * @param listener told what happens in its executors
	 * @param carriers what captures and restores the context of tasks
	 * @param codec encodes what would be sent, for executors that name no codec
	 */
	public InlineExecutorFactory(ExecutorListener listener, ContextCarriers carriers, PayloadCodec codec) {
		this.listener = listener;
		this.carriers = carriers;
		this.codec = codec;
	}

	@Override
	public String type() {
		return ExecutorSpec.INLINE;
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec) {
		return create(spec, new TaskDirectory(null));
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec, TaskDirectory directory) {
		return new DispatchingExecutor(spec, new InlineBackend(spec, PayloadCodecs.of(spec, this.codec)), this.listener,
				this.carriers, directory);
	}

}
