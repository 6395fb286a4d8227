package dev.offload.local;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.dispatch.BackendServices;
import dev.offload.dispatch.ExecutorBackend;
import dev.offload.dispatch.PlainWorkRunner;
import dev.offload.dispatch.Work;
import dev.offload.dispatch.WorkRunner;

/**
 * Offers one slot for each worker allowed; threads are started by the first tasks.
 */
final class ThreadBackend implements ExecutorBackend {

	private final ExecutorSpec spec;

	private final TaskThreads threads;

	private final WorkRunner runner = new PlainWorkRunner();

	ThreadBackend(ExecutorSpec spec, TaskThreads threads) {
		this.spec = spec;
		this.threads = threads;
	}

	@Override
	public void attach(BackendServices services) {
		for (int i = 0; i < this.spec.maxWorkers(); i++) {
			services.slots().offer(new ThreadSlot(services.slots(), this.runner, this.threads));
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
