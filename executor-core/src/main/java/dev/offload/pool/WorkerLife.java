package dev.offload.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerDeath;
import dev.offload.WorkerEvent;
import dev.offload.WorkerHeartbeat;
import dev.offload.WorkerStartException;
import dev.offload.dispatch.PendingTask;
import dev.offload.protocol.ProtocolException;

/**
 * Leads each worker from ready to gone: idle, retired, lost, dead. Safe for use by many
 * threads; nothing here blocks the caller.
 */
final class WorkerLife implements SlotEvents {

	private static final Logger logger = LoggerFactory.getLogger(WorkerLife.class);

	/** How long a worker may go on whose connection failed. */
	private static final long LOST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	/** How long a worker may take to end when told so. */
	static final long SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final PoolCore core;

	private final WorkerStarts starts;

	private final WorkerLimits limits;

	private final HangWatch hangs;

	private final IdleWatch idle;

	private final Consumer<Worker> onReady;

	private final AtomicLong crashed = new AtomicLong();

	WorkerLife(PoolCore core, WorkerStarts starts, Consumer<Worker> onReady) {
		this.core = core;
		this.starts = starts;
		this.onReady = onReady;
		this.limits = new WorkerLimits(core, this::replace);
		core.recycler().onReplaced(this::replaced);
		this.hangs = new HangWatch(core);
		this.idle = new IdleWatch(core, (worker) -> retire(worker, EndReason.IDLE));
	}

	long crashed() {
		return this.crashed.get();
	}

	// Ready is a worker that has said so and whose slots are all connected.
	void readyIfComplete(Worker worker) {
		if (!worker.isComplete() || !worker.advance(Worker.Phase.READY)) {
			return;
		}
		this.core.breaker().succeeded();
		logger.info("{} is ready after {} ms", worker, worker.age().toMillis());
		this.core.tell(worker, WorkerEvent.Change.READY, "started");
		for (ProcessSlot slot : worker.slots()) {
			this.core.services().slots().offer(slot);
		}
		this.hangs.watch(worker);
		this.idle.watch(worker);
		this.limits.watch(worker);
		this.core.recycler().ready(worker);
		this.onReady.accept(worker);
		endSurplus();
		this.starts.demand();
	}

	void limitsChanged() {
		endSurplus();
		this.core.table().all().forEach(this.idle::watch);
	}

	// Ends the workers that are too many, after their tasks.
	private void endSurplus() {
		this.core.table().surplus().forEach((worker) -> retire(worker, EndReason.RESIZE));
	}

	/**
	 * Has a worker replaced; it goes on until its replacement is ready.
	 * @param worker the worker
	 * @param reason why
	 * @return {@code false} if it is to be replaced already or is not ready
	 */
	boolean replace(Worker worker, EndReason reason) {
		boolean due = this.core.recycler().due(worker, reason);
		if (due) {
			this.starts.demand();
		}
		return due;
	}

	@Override
	public void overdue(Worker worker) {
		replace(worker, EndReason.TIMEOUT);
	}

	@Override
	public void recovered(Worker worker) {
		this.core.recycler().forget(worker, EndReason.TIMEOUT);
		endSurplus();
	}

	// Its replacement is ready. One that is overdue keeps its task until that ends or is
	// killed.
	private void replaced(Worker worker, EndReason reason) {
		if (reason != EndReason.TIMEOUT) {
			retire(worker, reason);
		}
	}

	@Override
	public void taskTaken(Worker worker) {
		this.limits.begun(worker);
		if (this.core.limits().spareWorkers() > 0) {
			this.starts.demand();
		}
	}

	@Override
	public boolean taskLeft(Worker worker, ProcessSlot slot) {
		if (this.limits.isUsedUp(worker)) {
			retire(worker, EndReason.RECYCLE);
		}
		if (worker.phase() == Worker.Phase.RETIRING) {
			slot.park();
			endIfFree(worker);
		}
		return worker.phase() == Worker.Phase.READY;
	}

	@Override
	public void offered(Worker worker, ProcessSlot slot) {
		Worker.Phase phase = worker.phase();
		// It may have died between the answer and now, when the slot was not idle yet.
		if (phase.compareTo(Worker.Phase.READY) > 0) {
			parkIfIdle(slot);
		}
		if (phase == Worker.Phase.RETIRING) {
			endIfFree(worker);
		}
	}

	private void parkIfIdle(ProcessSlot slot) {
		if (this.core.services().slots().withdraw(slot)) {
			slot.park();
		}
	}

	// Gives it no more tasks, and ends it when it has none left.
	private void retire(Worker worker, EndReason reason) {
		if (worker.phase() != Worker.Phase.READY) {
			return;
		}
		worker.retireFor(reason);
		this.core.recycler().forget(worker);
		if (worker.advance(Worker.Phase.RETIRING)) {
			worker.slots().forEach(this::parkIfIdle);
			endIfFree(worker);
		}
	}

	private void endIfFree(Worker worker) {
		if (worker.isParked() && worker.advance(Worker.Phase.ENDING)) {
			worker.endFor(worker.retireReason());
			shutDown(worker);
		}
	}

	private void shutDown(Worker worker) {
		worker.control().shutDown();
		this.core.services().deadlines().run(SHUTDOWN_NANOS, () -> {
			if (worker.phase() != Worker.Phase.ENDED) {
				worker.kill(EndReason.CLOSE);
			}
		});
	}

	@Override
	public void later(Runnable action) {
		this.core.services().deadlines().run(LATER_NANOS, action);
	}

	@Override
	public void limitReached(Worker worker, ProcessSlot slot, PendingTask task) {
		this.core.dumps().interrupt(worker, slot, task);
	}

	@Override
	public void connectionLost(Worker worker, Throwable cause) {
		if (worker.phase() == Worker.Phase.ENDED) {
			return;
		}
		if (cause instanceof ProtocolException) {
			logger.warn("{} broke the protocol and is killed", worker, cause);
			if (worker.phase() == Worker.Phase.STARTING) {
				worker.startFailed(cause);
				worker.kill(EndReason.START_FAILED);
			}
			else {
				worker.kill(EndReason.PROTOCOL);
			}
			return;
		}
		if (worker.phase() != Worker.Phase.STARTING) {
			worker.advance(Worker.Phase.ENDING);
		}
		for (ProcessSlot slot : worker.slots()) {
			this.core.services().slots().withdraw(slot);
		}
		this.core.services().deadlines().run(LOST_NANOS, () -> {
			if (worker.phase() != Worker.Phase.ENDED) {
				worker.kill(lossReason(worker));
			}
		});
	}

	private static EndReason lossReason(Worker worker) {
		return (worker.phase() == Worker.Phase.STARTING) ? EndReason.START_FAILED : EndReason.CRASH;
	}

	// Its process is gone, with all that it had started.
	void ended(Worker worker, WorkerDeath told) {
		WorkerDeath death = worker.log().complete(told);
		boolean ready = worker.phase() != Worker.Phase.STARTING && worker.startFailure() == null;
		EndReason reason = worker.endFor(ready ? EndReason.CRASH : EndReason.START_FAILED);
		worker.advance(Worker.Phase.ENDED);
		worker.timers().cancelAll();
		worker.closeConnections();
		this.core.table().remove(worker);
		this.core.recycler().forget(worker);
		this.core.recycler().gone(worker.number());
		WorkerHeartbeat heartbeat = worker.vitals().latest();
		boolean idle = true;
		for (ProcessSlot slot : worker.slots()) {
			this.core.services().slots().withdraw(slot);
			PendingTask task = slot.takeCurrent();
			if (task != null) {
				idle = false;
				this.core.services().slots().lost(task, this.core.failures().crashed(task, death, reason, heartbeat));
			}
		}
		PendingTask killed = worker.pollKilled();
		while (killed != null) {
			this.core.services().slots().lost(killed, this.core.failures().crashed(killed, death, reason, heartbeat));
			killed = worker.pollKilled();
		}
		worker.removeFiles();
		report(worker, death, reason, idle);
	}

	private void report(Worker worker, WorkerDeath death, EndReason reason, boolean idle) {
		this.core.tell(worker, WorkerEvent.Change.ENDED, reason.word(), death);
		if (reason == EndReason.START_FAILED) {
			Throwable told = worker.startFailure();
			this.starts.startFailed((told instanceof WorkerStartException known) ? known
					: this.core.failures()
						.notStarted(death.pid(), (told != null) ? told.toString() : "it " + death.reason(),
								death.lastOutput(), told));
			return;
		}
		if (reason == EndReason.CRASH || reason == EndReason.PROTOCOL) {
			this.crashed.incrementAndGet();
			this.starts.died(idle && worker.tasksDone() == 0);
			logger.warn("{} died: it {}", worker, death.reason());
		}
		else {
			logger.info("{} has ended ({})", worker, reason.word());
		}
		this.starts.demand();
	}

}
