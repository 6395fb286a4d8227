package dev.offload.pool;

import java.util.function.Consumer;

import dev.offload.ExecutorSpec;
import dev.offload.dispatch.Deadlines;

/**
 * Finds the workers that had no task for {@code idle-timeout} and are more than are kept
 * ready. It looks on the timer's thread only, so that each look goes by the limit that is
 * in force, whoever changes it meanwhile. Safe for use by many threads.
 */
final class IdleWatch {

	private final PoolCore core;

	private final Consumer<Worker> idle;

	/**
	 * Creates one.
	 * @param core what the pool shares
	 * @param idle called with each worker that was idle for too long
	 */
	IdleWatch(PoolCore core, Consumer<Worker> idle) {
		this.core = core;
		this.idle = idle;
	}

	// A worker is ready, or the limit has changed.
	void watch(Worker worker) {
		if (!this.core.limits().idleTimeout().isZero()) {
			deadlines().run(0, () -> look(worker));
		}
	}

	private void look(Worker worker) {
		ExecutorSpec limits = this.core.limits();
		long limit = limits.idleTimeout().toNanos();
		if (limit == 0 || worker.phase() != Worker.Phase.READY) {
			return;
		}
		long left = limit - worker.idleNanos();
		WorkerTable.Count count = this.core.table().count();
		if (left <= 0 && count.ready() > count.kept(limits)) {
			this.idle.accept(worker);
			return;
		}
		worker.timers().lookAgain(deadlines(), (left > 0) ? left : limit, () -> look(worker));
	}

	private Deadlines deadlines() {
		return this.core.services().deadlines();
	}

}
