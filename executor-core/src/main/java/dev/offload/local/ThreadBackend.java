package dev.offload.local;

import org.jspecify.annotations.Nullable;

import dev.offload.dispatch.BackendServices;
import dev.offload.dispatch.ExecutorBackend;
import dev.offload.dispatch.LimitsInForce;
import dev.offload.dispatch.PlainWorkRunner;
import dev.offload.dispatch.Work;
import dev.offload.spi.Payload;

/**
 * Offers one slot for each worker allowed; threads are started by the first tasks.
 */
final class ThreadBackend implements ExecutorBackend {

	private final TaskThreads threads;

	/** Set once, before everything else. */
	private @Nullable ThreadSlots slots;

	ThreadBackend(TaskThreads threads) {
		this.threads = threads;
	}

	@Override
	public void attach(BackendServices services) {
		LimitsInForce limits = services.limits();
		this.slots = new ThreadSlots(services.slots(), new StreamingRunner(new PlainWorkRunner()), this.threads,
				() -> limits.spec().maxWorkers());
		limitsChanged();
	}

	@Override
	public @Nullable String unheeded(String setting) {
		return switch (setting) {
			case "min-workers", "spare-workers", "idle-timeout" -> "it has no worker processes";
			case "max-pending-bytes" -> "it does not encode its tasks";
			default -> null;
		};
	}

	@Override
	public void limitsChanged() {
		ThreadSlots attached = this.slots;
		if (attached != null) {
			attached.resize();
		}
	}

	@Override
	public @Nullable Payload encode(Work work) {
		return null;
	}

	@Override
	public void demand() {
		// all slots are there from the beginning
	}

	@Override
	public void start() {
		// threads are cheap: they come with the tasks
	}

	@Override
	public void end() {
		this.threads.close();
	}

}
