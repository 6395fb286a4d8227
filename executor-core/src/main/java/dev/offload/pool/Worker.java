package dev.offload.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerSnapshot;
import dev.offload.WorkerState;
import dev.offload.dispatch.PendingTask;
import dev.offload.protocol.Message;
import dev.offload.spi.WorkerProcess;
import dev.offload.transport.Connection;

/**
 * One worker as the service sees it: its process, its connections, and where it stands.
 * Safe for use by many threads.
 */
final class Worker {

	private static final Logger logger = LoggerFactory.getLogger(Worker.class);

	/** How long the start may take to return once the worker has connected. */
	private static final int LAUNCH_SECONDS = 10;

	private final String executor;

	private final int number;

	private final int slotCount;

	private final byte[] token;

	private final Path directory;

	private final Instant started = Instant.now();

	private final long startedNanos = System.nanoTime();

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

	private final AtomicReference<@Nullable EndReason> endReason = new AtomicReference<>();

	private final AtomicLong tasksDone = new AtomicLong();

	private final WorkerVitals vitals = new WorkerVitals();

	private final DumpRequests dumps = new DumpRequests();

	private final List<ProcessSlot> slots = new CopyOnWriteArrayList<>();

	/** Tasks for which it is killed: they keep their places until it is gone. */
	private final Queue<PendingTask> killed = new ConcurrentLinkedQueue<>();

	private final WorkerTimers timers = new WorkerTimers();

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: which connections have come. */
	private final BitSet connected = new BitSet();

	/** Written once, by the thread that starts it. */
	private volatile @Nullable WorkerProcess process;

	/** Open once the process is there, which its first connection may come before. */
	private final CountDownLatch launched = new CountDownLatch(1);

	/** Written once, by the thread that reads its control connection. */
	private volatile @Nullable Connection control;

	/** Written once, by the thread that reads its control connection; 0 before. */
	private volatile long toldPid;

	/** It has said that it is ready; its slots may still be on their way. */
	private volatile boolean toldReady;

	/** Why it could not start, as it told or as its service found. */
	private volatile @Nullable Throwable startFailure;

	private volatile long idleSince = System.nanoTime();

	Worker(String executor, int number, int slotCount, String token, Path directory) {
		this.executor = executor;
		this.number = number;
		this.slotCount = slotCount;
		this.token = token.getBytes(StandardCharsets.US_ASCII);
		this.directory = directory;
	}

	String tokenText() {
		return new String(this.token, StandardCharsets.US_ASCII);
	}

	int number() {
		return this.number;
	}

	Path directory() {
		return this.directory;
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

	/**
	 * Takes a connection that names itself as this worker's.
	 * @param hello how it names itself
	 * @return {@code false} if the token is another's or that connection has come before
	 */
	boolean admit(Message.Hello hello) {
		if (!MessageDigest.isEqual(this.token, hello.token().getBytes(StandardCharsets.US_ASCII))) {
			return false;
		}
		this.lock.lock();
		try {
			boolean known = hello.connection() >= 0 && hello.connection() <= this.slotCount
					&& !this.connected.get(hello.connection());
			if (known) {
				this.connected.set(hello.connection());
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	void process(WorkerProcess value) {
		this.process = value;
		identify();
		this.launched.countDown();
	}

	// The control connection has come: from now on its process is known.
	void control(Connection value, long pid) {
		this.control = value;
		this.toldPid = pid;
		identify();
	}

	private void identify() {
		WorkerProcess known = this.process;
		long pid = this.toldPid;
		if (known != null && pid != 0) {
			known.identify(pid);
		}
	}

	// Whether it runs the classes that it was started with. Waits for the start to
	// return.
	boolean hasClassesOf(Message.Hello hello) {
		try {
			String expected = this.launched.await(LAUNCH_SECONDS, TimeUnit.SECONDS) ? fingerprint() : "";
			return hello.fingerprint().equals(expected) || hello.fingerprint().startsWith(expected + " ");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	String fingerprint() {
		WorkerProcess known = this.process;
		return (known != null) ? known.fingerprint() : "";
	}

	void toldReady() {
		this.toldReady = true;
	}

	// Whether it has said that it is ready and all its slots are connected.
	boolean isComplete() {
		return this.toldReady && this.slots.size() == this.slotCount;
	}

	long pid() {
		WorkerProcess known = this.process;
		return (known != null) ? known.pid() : -1;
	}

	List<String> lastOutput() {
		WorkerProcess known = this.process;
		return (known != null) ? known.lastOutput() : List.of();
	}

	void interrupt(PendingTask task) {
		tell(new Message.Cancel(task.number()));
	}

	// Asks for the stacks of its threads; interrupts a task then, 0 for none.
	void takeDump(long task) {
		tell(new Message.TakeDump(task));
	}

	// Asks its JVM for them, once that handles signals; empty if there are none.
	CompletableFuture<String> jvmDump() {
		WorkerProcess known = this.process;
		return (known != null && this.toldReady) ? known.threadDump() : CompletableFuture.completedFuture("");
	}

	void shutDown() {
		tell(new Message.Shutdown());
	}

	private void tell(Message message) {
		Connection connection = this.control;
		if (connection == null) {
			return;
		}
		try {
			connection.send(message);
		}
		catch (IOException ex) {
			logger.debug("{} cannot be told {}", this, message, ex);
		}
	}

	// Says why it is to end; the first reason stays.
	EndReason endFor(EndReason reason) {
		this.endReason.compareAndSet(null, reason);
		EndReason first = this.endReason.get();
		return (first != null) ? first : reason;
	}

	// Kills its process and all that it has started.
	void kill(EndReason reason) {
		endFor(reason);
		advance(Phase.ENDING);
		WorkerProcess known = this.process;
		if (known != null) {
			known.kill();
		}
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
		Connection connection = this.control;
		if (connection != null) {
			connection.close();
		}
		this.slots.forEach(ProcessSlot::close);
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
				this.tasksDone.get(), tasks, this.vitals.latest());
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
