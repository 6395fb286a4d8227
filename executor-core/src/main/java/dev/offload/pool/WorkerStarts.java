package dev.offload.pool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerDeath;
import dev.offload.WorkerEvent;
import dev.offload.WorkerStartException;
import dev.offload.spi.WorkerProcess;

/**
 * Starts workers: as many as there is work for, and no more at a time than the processors
 * bear. Safe for use by many threads; nothing here blocks the caller.
 */
final class WorkerStarts {

	private static final Logger logger = LoggerFactory.getLogger(WorkerStarts.class);

	private static final long REFILL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final int MAX_IDLE_DEATHS = 4;

	private final PoolCore core;

	private final WorkerStarter starter;

	private final Executor launchers;

	private final AtomicLong started = new AtomicLong();

	private final AtomicBoolean demandWaits = new AtomicBoolean();

	/**
	 * Counts, in a row; written by whoever sees a death, and a lost count does no harm.
	 */
	private volatile int idleDeaths;

	/** Before it, workers are started for tasks only; written like the count. */
	private volatile long refillAfter = System.nanoTime();

	/** Set once, before the first start. */
	private BiConsumer<Worker, WorkerDeath> onEnd = (worker, death) -> {
	};

	WorkerStarts(PoolCore core, WorkerStarter starter, Executor launchers) {
		this.core = core;
		this.starter = starter;
		this.launchers = launchers;
	}

	// Called on a launcher's thread when the process of a worker has ended.
	void onEnd(BiConsumer<Worker, WorkerDeath> action) {
		this.onEnd = action;
	}

	long started() {
		return this.started.get();
	}

	void eager() {
		startWorkers("eager", (count) -> Math.max(1, count.kept(this.core.limits())) - count.living());
	}

	// More may be possible, or be kept ready where the first was started.
	void limitsChanged() {
		if (started() > 0 || this.core.services().queued().getAsInt() > 0) {
			demand();
		}
	}

	void demand() {
		// Read before the table is locked: a snapshot takes the two locks the other way
		// round.
		int queued = this.core.services().queued().getAsInt();
		boolean refill = this.refillAfter - System.nanoTime() <= 0;
		startWorkers("demand", (count) -> {
			int forQueue = ceilDiv(queued, this.core.spec().threadsPerWorker()) - count.starting();
			return refill ? Math.max(forQueue, count.kept(this.core.limits()) - count.living()) : forQueue;
		});
	}

	/**
	 * A worker has died by itself. If it never did anything, those that are only kept
	 * ready come back later and later, for something kills them.
	 * @param didNothing whether it was ready and had no task
	 */
	void died(boolean didNothing) {
		this.idleDeaths = didNothing ? Math.min(this.idleDeaths + 1, MAX_IDLE_DEATHS) : 0;
		if (this.idleDeaths > 1) {
			long wait = REFILL_NANOS << this.idleDeaths;
			this.refillAfter = System.nanoTime() + wait;
			demandLater(wait);
		}
	}

	private static int ceilDiv(int value, int divisor) {
		return (value + divisor - 1) / divisor;
	}

	private void startWorkers(String reason, WorkerTable.Demand wanted) {
		long wait = this.core.breaker().waitNanos();
		if (wait > 0) {
			demandLater(wait);
			return;
		}
		boolean probing = this.core.breaker().isProbing();
		List<Integer> numbers = this.core.table().reserve((count) -> {
			int more = wanted.wanted(count);
			return probing ? Math.min(more, 1 - count.starting()) : more;
		});
		for (Integer number : numbers) {
			this.launchers.execute(() -> startWorker(number, reason));
		}
		int replacement = this.core.recycler().reserve();
		if (replacement > 0) {
			this.launchers.execute(() -> startWorker(replacement, "recycle"));
		}
	}

	// One timer, however many tasks come meanwhile.
	private void demandLater(long nanos) {
		if (this.demandWaits.compareAndSet(false, true)) {
			this.core.services().deadlines().run(nanos, () -> {
				this.demandWaits.set(false);
				demand();
			});
		}
	}

	private void startWorker(int number, String reason) {
		Worker worker = null;
		try {
			worker = this.starter.create(number);
			if (!this.core.table().add(worker)) {
				worker.removeFiles();
				this.core.recycler().gone(number);
				return;
			}
			WorkerProcess process = this.starter.launch(worker);
			worker.process().launched(process);
			started(worker, process, reason);
		}
		catch (IOException | RuntimeException | Error ex) {
			neverStarted(number, worker, ex);
		}
	}

	private void started(Worker worker, WorkerProcess process, String reason) {
		this.started.incrementAndGet();
		logger.info("{} is starting ({})", worker, reason);
		this.core.tell(worker, WorkerEvent.Change.STARTED, reason);
		worker.timers()
			.run(this.core.services().deadlines(), this.core.spec().startTimeout().toNanos(),
					() -> startTimeUp(worker));
		var unused = process.onEnd().thenAcceptAsync((death) -> this.onEnd.accept(worker, death), this.launchers);
		if (this.core.table().isClosed()) {
			worker.kill(EndReason.CLOSE);
		}
	}

	private void startTimeUp(Worker worker) {
		if (worker.phase() == Worker.Phase.STARTING) {
			worker.startFailed(this.core.failures()
				.notStarted(worker.pid(),
						"it was not ready within start-timeout " + this.core.spec().startTimeout()
								+ "; raise start-timeout, or see why it takes so long",
						worker.process().lastOutput(), null));
			worker.kill(EndReason.START_FAILED);
		}
	}

	private void neverStarted(int number, @Nullable Worker worker, Throwable failure) {
		if (worker != null) {
			worker.advance(Worker.Phase.ENDED);
			worker.closeConnections();
			this.core.table().remove(worker);
			worker.removeFiles();
		}
		else {
			this.core.table().cancelReservation();
		}
		this.core.recycler().gone(number);
		if (this.core.table().isClosed()) {
			logger.debug("{} was not started, for the executor closes", worker, failure);
			return;
		}
		startFailed(this.core.failures().notStarted(-1, String.valueOf(failure.getMessage()), List.of(), failure));
	}

	// Counts a failed start; after a few of them nothing that waits for a worker waits
	// on.
	void startFailed(WorkerStartException failure) {
		logger.error("{}", failure.getMessage(), failure.getCause());
		boolean open = this.core.breaker().failed(failure);
		if (open && this.core.table().countReady() == 0) {
			this.core.services().failQueued().failAll((task) -> this.core.failures().copyFor(failure));
		}
		demand();
	}

}
