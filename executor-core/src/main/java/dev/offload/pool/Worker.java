package dev.offload.pool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.offload.WorkerSnapshot;
import dev.offload.WorkerState;
import dev.offload.dispatch.PendingTask;
import dev.offload.transport.NamedPipes;

/**
 * One worker as the service sees it: its process, its connections, and where it stands.
 * Safe for use by many threads.
 */
final class Worker {

	private final String executor;

	private final int number;

	private final int slotCount;

	private final WorkerAdmission admission;

	private final StartedProcess process = new StartedProcess();

	private final WorkerControl control = new WorkerControl(this);

	private final WorkerLog log = new WorkerLog(this.process);

	private final WorkerFiles files;

	private final Instant started = Instant.now();

	private final long startedNanos = System.nanoTime();

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

	private final AtomicReference<@Nullable EndReason> endReason = new AtomicReference<>();

	/** Written before it retires. */
	private volatile EndReason retireReason = EndReason.CLOSE;

	private final AtomicLong tasksDone = new AtomicLong();

	private final WorkerVitals vitals = new WorkerVitals();

	private final DumpRequests dumps = new DumpRequests();

	private final List<ProcessSlot> slots = new CopyOnWriteArrayList<>();

	/** Written before its process counts as launched; null if it has none. */
	private volatile @Nullable NamedPipes pipes;

	/** Tasks for which it is killed: they keep their places until it is gone. */
	private final Queue<PendingTask> killed = new ConcurrentLinkedQueue<>();

	private final WorkerTimers timers = new WorkerTimers();

	/** It has said that it is ready; its slots may still be on their way. */
	private volatile boolean toldReady;

	/** Why it could not start, as it told or as its service found. */
	private volatile @Nullable Throwable startFailure;

	private volatile long idleSince = System.nanoTime();

	Worker(String executor, int number, int slotCount, String token, WorkerFiles files) {
		this.executor = executor;
		this.number = number;
		this.slotCount = slotCount;
		this.admission = new WorkerAdmission(token, slotCount);
		this.files = files;
	}

	WorkerAdmission admission() {
		return this.admission;
	}

	StartedProcess process() {
		return this.process;
	}

	WorkerControl control() {
		return this.control;
	}

	WorkerLog log() {
		return this.log;
	}

	int number() {
		return this.number;
	}

	Path directory() {
		return this.files.directory();
	}

	// Where it makes the files of its results.
	Path spool() {
		return this.files.spool();
	}

	void pipes(@Nullable NamedPipes made) {
		this.pipes = made;
	}

	@Nullable NamedPipes pipes() {
		return this.pipes;
	}

	void removeFiles() {
		this.files.remove();
	}

	int slotCount() {
		return this.slotCount;
	}

	WorkerTimers timers() {
		return this.timers;
	}

	List<ProcessSlot> slots() {
		return this.slots;
	}

	String executor() {
		return this.executor;
	}

	WorkerVitals vitals() {
		return this.vitals;
	}

	DumpRequests dumps() {
		return this.dumps;
	}

	@Nullable PendingTask pollKilled() {
		return this.killed.poll();
	}

	Phase phase() {
		return this.phase.get();
	}

	// Moves to a later phase; false if it was there or further.
	boolean advance(Phase next) {
		Phase before = this.phase.getAndUpdate((now) -> (now.compareTo(next) < 0) ? next : now);
		return before.compareTo(next) < 0;
	}

	boolean hasToldReady() {
		return this.toldReady;
	}

	void toldReady() {
		this.toldReady = true;
	}

	// Whether it has said that it is ready and all its slots are connected.
	boolean isComplete() {
		return this.toldReady && this.slots.size() == this.slotCount;
	}

	long pid() {
		return this.process.pid();
	}

	// Says why it is to end; the first reason stays.
	EndReason endFor(EndReason reason) {
		this.endReason.compareAndSet(null, reason);
		EndReason first = this.endReason.get();
		return (first != null) ? first : reason;
	}

	// Says why it is to end after its tasks; one that dies before has crashed.
	void retireFor(EndReason reason) {
		this.retireReason = reason;
	}

	EndReason retireReason() {
		return this.retireReason;
	}

	// Kills its process and all that it has started.
	void kill(EndReason reason) {
		endFor(reason);
		advance(Phase.ENDING);
		this.process.kill();
	}

	// Kills it because it gives no sign of life, whatever it was to end for; false if it
	// ends already.
	boolean killHung() {
		if (!advance(Phase.ENDING)) {
			return false;
		}
		this.endReason.set(EndReason.HANG);
		kill(EndReason.HANG);
		return true;
	}

	void killFor(PendingTask task, EndReason reason) {
		this.killed.add(task);
		kill(reason);
	}

	void startFailed(Throwable failure) {
		if (this.startFailure == null) {
			this.startFailure = failure;
		}
	}

	@Nullable Throwable startFailure() {
		return this.startFailure;
	}

	// Counts a task; returns how many it has done.
	long taskDone() {
		this.idleSince = System.nanoTime();
		return this.tasksDone.incrementAndGet();
	}

	long tasksDone() {
		return this.tasksDone.get();
	}

	boolean isBusy() {
		return this.slots.stream().anyMatch((slot) -> slot.current() != null);
	}

	// Whether a task of it goes on though it was interrupted a while ago.
	boolean isOverdue() {
		return this.slots.stream().anyMatch(ProcessSlot::isOverdue);
	}

	boolean isParked() {
		return this.slots.stream().allMatch(ProcessSlot::isParked);
	}

	long idleNanos() {
		return isBusy() ? 0 : System.nanoTime() - this.idleSince;
	}

	void closeConnections() {
		this.control.close();
		this.slots.forEach(ProcessSlot::close);
		NamedPipes made = this.pipes;
		if (made != null) {
			made.close();
		}
	}

	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.startedNanos);
	}

	WorkerSnapshot snapshot() {
		List<WorkerSnapshot.CurrentTask> tasks = new ArrayList<>();
		for (ProcessSlot slot : this.slots) {
			PendingTask task = slot.current();
			if (task != null) {
				tasks.add(new WorkerSnapshot.CurrentTask(task.id(), task.label(), task.running()));
			}
		}
		return new WorkerSnapshot(this.number, pid(), state(!tasks.isEmpty()), this.started, age(), this.slotCount,
				this.tasksDone.get(), tasks, this.process.startedFromCache(), this.vitals.latest());
	}

	private WorkerState state(boolean busy) {
		return switch (phase()) {
			case STARTING -> WorkerState.STARTING;
			case READY -> busy ? WorkerState.BUSY : WorkerState.IDLE;
			case RETIRING -> WorkerState.RETIRING;
			case ENDING, ENDED -> WorkerState.ENDING;
		};
	}

	@Override
	public String toString() {
		return "Executor '" + this.executor + "': worker " + this.number + " pid " + pid();
	}

	/**
	 * The life of a worker, in this order.
	 */
	enum Phase {

		STARTING, READY, RETIRING, ENDING, ENDED

	}

}
