package dev.offload.local;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.dispatch.BackendServices;
import dev.offload.dispatch.ExecutorBackend;
import dev.offload.dispatch.PlainWorkRunner;
import dev.offload.dispatch.Work;

/**
 * Offers one slot for each worker allowed; threads are started by the first tasks.
 */
final class ThreadBackend implements ExecutorBackend {

	private final ExecutorSpec spec;

	private final TaskThreads threads;

	/** Set once, before everything else. */
	private @Nullable ThreadSlots slots;

	ThreadBackend(ExecutorSpec spec, TaskThreads threads) {
		this.spec = spec;
		this.threads = threads;
	}

	@Override
	public void attach(BackendServices services) {
		ThreadSlots made = new ThreadSlots(services.slots(), new PlainWorkRunner(), this.threads);
		this.slots = made;
		made.resize(this.spec.maxWorkers());
	}

	@Override
	public void resize(int maxWorkers) {
		ThreadSlots attached = this.slots;
		if (attached != null) {
			attached.resize(maxWorkers);
		}
	}

	@Override
	public byte @Nullable [] encode(Work work) {
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
