package dev.offload.pool;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.StartMode;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerStartException;
import dev.offload.dispatch.BackendServices;
import dev.offload.dispatch.ExecutorBackend;
import dev.offload.dispatch.LimitsInForce;
import dev.offload.dispatch.StagedWork;
import dev.offload.dispatch.Work;
import dev.offload.process.KeptFiles;
import dev.offload.spi.Payload;
import dev.offload.spool.StagedCall;

/**
 * The backend of type process: puts the parts of the pool together and ends them. Safe
 * for use by many threads; nothing here blocks the caller but {@link #end()}.
 */
final class WorkerPool implements ExecutorBackend {

	private static final Logger logger = LoggerFactory.getLogger(WorkerPool.class);

	/** How long killed workers may take to be gone. */
	private static final long KILL_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final ExecutorSpec spec;

	private final PoolSettings settings;

	private final PoolCodec codec;

	private final PoolFailures failures;

	private final WorkerTable table;

	private final StartBreaker breaker;

	private final ExecutorService launchers;

	private final boolean limitsTime;

	/** Set once, before everything else. */
	private @Nullable Parts parts;

	WorkerPool(ExecutorSpec spec, PoolSettings settings, PoolCodec codec) {
		this.spec = spec;
		this.settings = settings;
		this.codec = codec;
		this.failures = new PoolFailures(spec);
		this.limitsTime = !Debugging.isExpected(spec.worker());
		this.breaker = new StartBreaker(spec.startFailures());
		int maxStarting = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		this.table = new WorkerTable(spec.maxWorkers(), maxStarting);
		this.launchers = Executors.newCachedThreadPool((action) -> {
			Thread thread = new Thread(action, spec.name() + "-supervisor");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Override
	public void attach(BackendServices services) {
		ThreadDumps dumps = new ThreadDumps(this.spec, services.deadlines(), this.launchers, KeptFiles.threadDumps(),
				this.settings.redactor());
		PoolCore core = new PoolCore(this.spec, this.table, this.breaker, new Recycler(this.table), this.failures,
				dumps, services);
		WorkerStarter starter = new WorkerStarter(this.spec, this.settings);
		WorkerStarts starts = new WorkerStarts(core, starter, this.launchers);
		Training training = new Training(core, starter, this.launchers, this.settings.trainingDelay().toNanos());
		WorkerLife life = new WorkerLife(core, starts, training::ready);
		WorkerReader reader = new WorkerReader(core, starter, life, this.codec, this.launchers);
		starts.onEnd(life::ended);
		starter
			.onConnection(new WorkerConnections(this.spec.name(), services.deadlines(), reader::find, reader)::accept);
		this.parts = new Parts(core, starter, starts, life, training);
	}

	private Parts parts() {
		Parts made = this.parts;
		if (made == null) {
			throw new IllegalStateException("Not attached");
		}
		return made;
	}

	@Override
	public void requireAvailable() {
		WorkerStartException refusal = this.breaker.refusal();
		if (refusal != null && this.table.countReady() == 0) {
			throw this.failures.copyFor(refusal);
		}
	}

	@Override
	public boolean limitsTime() {
		return this.limitsTime;
	}

	@Override
	public @Nullable StagedWork stage(Work work, boolean copies) {
		if (!(work instanceof Work.OfInvocation call)) {
			return null;
		}
		StagedCall staged = parts().starter().spool().stage(call.invocation(), copies);
		return (staged != null) ? new StagedWork(new Work.OfInvocation(staged.invocation()), staged::release) : null;
	}

	@Override
	public Payload encode(Work work) {
		return this.codec.encode(work);
	}

	@Override
	public void start() {
		if (this.spec.start() == StartMode.EAGER) {
			parts().starts().eager();
		}
	}

	@Override
	public void demand() {
		parts().starts().demand();
	}

	// Its type has them all.
	@Override
	public @Nullable String unheeded(String setting) {
		return null;
	}

	@Override
	public void limitsChanged() {
		LimitsInForce limits = parts().core().services().limits();
		this.settings.claim().resize(() -> limits.spec().maxWorkers());
		this.table.resize(() -> limits.spec().maxWorkers());
		parts().life().limitsChanged();
		parts().starts().limitsChanged();
	}

	@Override
	public void recycle() {
		this.table.all().forEach((worker) -> parts().life().replace(worker, EndReason.REQUEST));
	}

	@Override
	public boolean recycle(int worker) {
		Worker found = this.table.find(worker);
		return found != null && parts().life().replace(found, EndReason.REQUEST);
	}

	@Override
	public @Nullable String unavailable() {
		WorkerStartException failure = this.breaker.failure();
		return (failure != null && this.table.countReady() == 0) ? failure.getMessage() : null;
	}

	@Override
	public void end() {
		this.table.close();
		parts().training().close();
		for (Worker worker : this.table.all()) {
			worker.endFor(EndReason.CLOSE);
			if (worker.phase() == Worker.Phase.READY && !worker.isBusy() && worker.advance(Worker.Phase.ENDING)) {
				worker.control().shutDown();
			}
			else {
				worker.kill(EndReason.CLOSE);
			}
		}
		if (!this.table.awaitGone(WorkerLife.SHUTDOWN_NANOS)) {
			this.table.all().forEach((worker) -> worker.kill(EndReason.CLOSE));
			if (!this.table.awaitGone(KILL_NANOS)) {
				logger.error("Executor '{}': workers do not end: {}", this.spec.name(), this.table.all());
			}
		}
		this.settings.claim().giveBack();
		parts().starter().close();
		this.launchers.shutdown();
	}

	@Override
	public List<WorkerSnapshot> workers() {
		return this.table.all().stream().map(Worker::snapshot).toList();
	}

	@Override
	public CompletableFuture<String> threadDump(int worker) {
		Worker found = this.table.find(worker);
		if (found == null) {
			return CompletableFuture.failedFuture(new OffloadException(this.spec.name(),
					"Executor '" + this.spec.name() + "' has no worker " + worker));
		}
		return parts().core().dumps().request(found);
	}

	@Override
	public long workersStarted() {
		return parts().starts().started();
	}

	@Override
	public long workersCrashed() {
		return parts().life().crashed();
	}

	/**
	 * What works once the executor is there.
	 *
	 * @param core what its parts share
	 * @param starter starts processes
	 * @param starts decides how many
	 * @param life leads them to their end
	 * @param training has those after them start faster
	 */
	private record Parts(PoolCore core, WorkerStarter starter, WorkerStarts starts, WorkerLife life,
			Training training) {

	}

}
