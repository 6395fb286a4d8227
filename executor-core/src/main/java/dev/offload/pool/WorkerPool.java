package dev.offload.pool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.StartMode;
import dev.offload.WorkerDeath;
import dev.offload.WorkerEvent;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerStartException;
import dev.offload.dispatch.BackendServices;
import dev.offload.dispatch.ExecutorBackend;
import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.Work;
import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.Message.Ready;
import dev.offload.protocol.Message.StartFailed;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.WorkerProcess;
import dev.offload.transport.Connection;

/**
 * Keeps as many workers as there is work for: starts them on demand, replaces those that
 * die, ends those that are done. Safe for use by many threads; nothing here blocks the
 * caller but {@link #end()}.
 */
final class WorkerPool implements ExecutorBackend, SlotEvents {

	private static final Logger logger = LoggerFactory.getLogger(WorkerPool.class);

	/** How long a worker may go on whose connection failed. */
	private static final long LOST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	/** How long a worker may take to end when told so. */
	private static final long SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** How long killed workers may take to be gone. */
	private static final long KILL_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final ExecutorSpec spec;

	private final PoolCodec codec;

	private final PoolFailures failures;

	private final WorkerTable table;

	private final StartBreaker breaker = new StartBreaker();

	private final PoolSettings settings;

	private final ExecutorService launchers;

	private final AtomicLong started = new AtomicLong();

	private final AtomicLong crashed = new AtomicLong();

	private @Nullable WorkerStarter starter;

	private @Nullable BackendServices services;

	WorkerPool(ExecutorSpec spec, PoolSettings settings, PoolCodec codec) {
		this.spec = spec;
		this.settings = settings;
		this.codec = codec;
		this.failures = new PoolFailures(spec);
		int maxStarting = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		this.table = new WorkerTable(spec.maxWorkers(), maxStarting);
		this.launchers = Executors.newCachedThreadPool((action) -> {
			Thread thread = new Thread(action, spec.name() + "-supervisor");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Override
	public void attach(BackendServices given) {
		this.services = given;
		this.starter = new WorkerStarter(this.spec, this.settings,
				new WorkerConnections(this.spec.name(), given.deadlines(), this::find, this::read));
	}

	private BackendServices services() {
		BackendServices given = this.services;
		if (given == null) {
			throw new IllegalStateException("Not attached");
		}
		return given;
	}

	private WorkerStarter starter() {
		WorkerStarter made = this.starter;
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
	public byte[] encode(Work work) {
		return this.codec.encode(work);
	}

	@Override
	public void start() {
		if (this.spec.start() == StartMode.EAGER) {
			startWorkers("eager", (starting, living) -> Math.max(1, this.spec.minWorkers()) - living);
		}
	}

	@Override
	public void demand() {
		// Read before the table is locked: a snapshot takes the two locks the other way
		// round.
		int queued = services().queued().getAsInt();
		startWorkers("demand", (starting, living) -> {
			int forQueue = ceilDiv(queued, this.spec.threadsPerWorker()) - starting;
			return Math.max(forQueue, this.spec.minWorkers() - living);
		});
	}

	private static int ceilDiv(int value, int divisor) {
		return (value + divisor - 1) / divisor;
	}

	private void startWorkers(String reason, WorkerTable.Demand wanted) {
		long wait = this.breaker.waitNanos();
		if (wait > 0) {
			services().deadlines().run(wait, this::demand);
			return;
		}
		boolean probing = this.breaker.isProbing();
		List<Integer> numbers = this.table.reserve((starting, living) -> {
			int more = wanted.wanted(starting, living);
			return probing ? Math.min(more, 1 - starting) : more;
		});
		for (Integer number : numbers) {
			this.launchers.execute(() -> startWorker(number, reason));
		}
	}

	private void startWorker(int number, String reason) {
		Worker worker = null;
		try {
			worker = starter().create(number);
			if (!this.table.add(worker)) {
				PoolDirectory.delete(worker.directory());
				return;
			}
			WorkerProcess process = starter().launch(worker);
			worker.process(process);
			started(worker, process, reason);
		}
		catch (IOException | RuntimeException | Error ex) {
			neverStarted(worker, ex);
		}
	}

	private void started(Worker worker, WorkerProcess process, String reason) {
		this.started.incrementAndGet();
		logger.info("{} is starting ({})", worker, reason);
		changed(worker, WorkerEvent.Change.STARTED, reason);
		services().deadlines().run(this.spec.startTimeout().toNanos(), () -> startTimeUp(worker));
		var unused = process.onEnd().thenAcceptAsync((death) -> ended(worker, death), this.launchers);
		if (this.table.isClosed()) {
			worker.kill(EndReason.CLOSE);
		}
	}

	private void startTimeUp(Worker worker) {
		if (worker.phase() == Worker.Phase.STARTING) {
			worker
				.startFailed(
						this.failures.notStarted(worker.pid(),
								"it was not ready within start-timeout " + this.spec.startTimeout()
										+ "; raise start-timeout, or see why it takes so long",
								worker.lastOutput(), null));
			worker.kill(EndReason.START_FAILED);
		}
	}

	private void neverStarted(@Nullable Worker worker, Throwable failure) {
		if (worker != null) {
			worker.advance(Worker.Phase.ENDED);
			this.table.remove(worker);
			PoolDirectory.delete(worker.directory());
		}
		else {
			this.table.cancelReservation();
		}
		startFailed(this.failures.notStarted(-1, String.valueOf(failure.getMessage()), List.of(), failure));
	}

	private void startFailed(WorkerStartException failure) {
		logger.error("{}", failure.getMessage(), failure.getCause());
		boolean open = this.breaker.failed(failure);
		if (open && this.table.countReady() == 0) {
			services().failQueued().failAll((task) -> this.failures.copyFor(failure));
		}
		demand();
	}

	private @Nullable Worker find(Hello hello) {
		for (Worker worker : this.table.all()) {
			if (worker.admit(hello)) {
				return worker;
			}
		}
		return null;
	}

	private void read(Connection connection, Worker worker, Hello hello) {
		if (hello.connection() == 0) {
			readControl(connection, worker, hello);
			return;
		}
		ProcessSlot slot = new ProcessSlot(worker, connection, services().slots(), this, this.codec);
		worker.slots().add(slot);
		readyIfComplete(worker);
		slot.readAnswers(this.spec.maxPayloadBytes() + Frame.SLACK_BYTES);
	}

	private void readControl(Connection connection, Worker worker, Hello hello) {
		worker.control(connection, hello.pid());
		try {
			connection.send(starter().configuration());
			while (true) {
				controlled(worker, connection.receive(this.spec.maxPayloadBytes() + Frame.SLACK_BYTES));
			}
		}
		catch (IOException ex) {
			connectionLost(worker, ex);
		}
		catch (RuntimeException ex) {
			worker.startFailed(ex);
			worker.kill(EndReason.START_FAILED);
		}
	}

	private void controlled(Worker worker, Message message) throws ProtocolException {
		if (message instanceof Ready) {
			worker.toldReady();
			readyIfComplete(worker);
		}
		else if (message instanceof StartFailed failed) {
			worker.startFailed(this.codec.startFailure(failed.failure()));
		}
		else {
			throw new ProtocolException("A worker does not say " + message.getClass().getSimpleName());
		}
	}

	private void readyIfComplete(Worker worker) {
		if (!worker.isComplete() || !worker.advance(Worker.Phase.READY)) {
			return;
		}
		this.breaker.succeeded();
		logger.info("{} is ready after {} ms", worker, worker.snapshot().age().toMillis());
		changed(worker, WorkerEvent.Change.READY, "started");
		for (ProcessSlot slot : worker.slots()) {
			services().slots().offer(slot);
		}
		watchIdle(worker);
		demand();
	}

	private void watchIdle(Worker worker) {
		long limit = this.spec.idleTimeout().toNanos();
		if (limit == 0 || worker.phase() != Worker.Phase.READY) {
			return;
		}
		long left = limit - worker.idleNanos();
		if (left <= 0 && this.table.countReady() > this.spec.minWorkers()) {
			retire(worker, EndReason.IDLE);
			return;
		}
		services().deadlines().run((left > 0) ? left : limit, () -> watchIdle(worker));
	}

	@Override
	public boolean taskLeft(Worker worker) {
		long done = worker.taskDone();
		int limit = this.spec.maxTasksPerWorker();
		if (limit > 0 && done >= limit && worker.phase() == Worker.Phase.READY) {
			retire(worker, EndReason.RECYCLE);
		}
		if (worker.phase() == Worker.Phase.RETIRING) {
			endIfFree(worker);
		}
		return worker.phase() == Worker.Phase.READY;
	}

	// Gives it no more tasks, and ends it when it has none left.
	private void retire(Worker worker, EndReason reason) {
		worker.endFor(reason);
		if (worker.advance(Worker.Phase.RETIRING)) {
			for (ProcessSlot slot : worker.slots()) {
				services().slots().withdraw(slot);
			}
			endIfFree(worker);
		}
	}

	private void endIfFree(Worker worker) {
		if (!worker.isBusy() && worker.advance(Worker.Phase.ENDING)) {
			shutDown(worker);
		}
	}

	private void shutDown(Worker worker) {
		worker.shutDown();
		services().deadlines().run(SHUTDOWN_NANOS, () -> {
			if (worker.phase() != Worker.Phase.ENDED) {
				worker.kill(EndReason.CLOSE);
			}
		});
	}

	@Override
	public void connectionLost(Worker worker, Throwable cause) {
		if (worker.phase() == Worker.Phase.ENDED) {
			return;
		}
		if (cause instanceof ProtocolException) {
			logger.warn("{} broke the protocol and is killed", worker, cause);
			worker.kill(lossReason(worker));
			return;
		}
		if (worker.phase() != Worker.Phase.STARTING) {
			worker.advance(Worker.Phase.ENDING);
		}
		for (ProcessSlot slot : worker.slots()) {
			services().slots().withdraw(slot);
		}
		services().deadlines().run(LOST_NANOS, () -> {
			if (worker.phase() != Worker.Phase.ENDED) {
				worker.kill(lossReason(worker));
			}
		});
	}

	private static EndReason lossReason(Worker worker) {
		return (worker.phase() == Worker.Phase.STARTING) ? EndReason.START_FAILED : EndReason.CRASH;
	}

	// Its process is gone, with all that it had started.
	private void ended(Worker worker, WorkerDeath death) {
		boolean ready = worker.phase() != Worker.Phase.STARTING && worker.startFailure() == null;
		EndReason reason = worker.endFor(ready ? EndReason.CRASH : EndReason.START_FAILED);
		worker.advance(Worker.Phase.ENDED);
		worker.closeConnections();
		this.table.remove(worker);
		for (ProcessSlot slot : worker.slots()) {
			services().slots().withdraw(slot);
			PendingTask task = slot.takeCurrent();
			if (task != null) {
				services().slots().lost(task, this.failures.crashed(task, death, reason));
			}
		}
		PendingTask killed = worker.pollKilled();
		while (killed != null) {
			services().slots().lost(killed, this.failures.crashed(killed, death, reason));
			killed = worker.pollKilled();
		}
		PoolDirectory.delete(worker.directory());
		report(worker, death, reason);
	}

	private void report(Worker worker, WorkerDeath death, EndReason reason) {
		changed(worker, WorkerEvent.Change.ENDED, reason.word());
		if (reason == EndReason.START_FAILED) {
			Throwable told = worker.startFailure();
			startFailed((told instanceof WorkerStartException known) ? known : this.failures.notStarted(death.pid(),
					(told != null) ? told.toString() : "it " + death.reason(), death.lastOutput(), told));
			return;
		}
		if (reason == EndReason.CRASH) {
			this.crashed.incrementAndGet();
			logger.warn("{} died: it {}", worker, death.reason());
		}
		else {
			logger.info("{} has ended ({})", worker, reason.word());
		}
		demand();
	}

	@Override
	public void end() {
		this.table.close();
		for (Worker worker : this.table.all()) {
			worker.endFor(EndReason.CLOSE);
			if (worker.phase() == Worker.Phase.READY && !worker.isBusy() && worker.advance(Worker.Phase.ENDING)) {
				worker.shutDown();
			}
			else {
				worker.kill(EndReason.CLOSE);
			}
		}
		if (!this.table.awaitGone(SHUTDOWN_NANOS)) {
			this.table.all().forEach((worker) -> worker.kill(EndReason.CLOSE));
			if (!this.table.awaitGone(KILL_NANOS)) {
				logger.error("Executor '{}': workers do not end: {}", this.spec.name(), this.table.all());
			}
		}
		starter().close();
		this.launchers.shutdown();
	}

	@Override
	public List<WorkerSnapshot> workers() {
		return this.table.all().stream().map(Worker::snapshot).toList();
	}

	@Override
	public long workersStarted() {
		return this.started.get();
	}

	@Override
	public long workersCrashed() {
		return this.crashed.get();
	}

	private void changed(Worker worker, WorkerEvent.Change change, String reason) {
		services().listener().workerChanged(new WorkerEvent(this.spec.name(), worker.pid(), change, reason));
	}

}
