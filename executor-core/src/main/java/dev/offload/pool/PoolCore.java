package dev.offload.pool;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerDeath;
import dev.offload.WorkerEvent;
import dev.offload.dispatch.BackendServices;

/**
 * What the parts of one pool share.
 *
 * @param spec the settings
 * @param table the workers
 * @param breaker what is known of failed starts
 * @param recycler replaces workers
 * @param failures the words for what goes wrong
 * @param dumps asks workers where they are
 * @param services what the executor offers
 */
record PoolCore(ExecutorSpec spec, WorkerTable table, StartBreaker breaker, Recycler recycler, PoolFailures failures,
		ThreadDumps dumps, BackendServices services) {

	// The settings with the limits that are in force now.
	ExecutorSpec limits() {
		return this.services.limits().spec();
	}

	void tell(Worker worker, WorkerEvent.Change change, String reason) {
		tell(worker, change, reason, null);
	}

	void tell(Worker worker, WorkerEvent.Change change, String reason, @Nullable WorkerDeath death) {
		this.services.listener()
			.workerChanged(new WorkerEvent(this.spec.name(), worker.number(), worker.pid(), change, reason, death));
	}

}
