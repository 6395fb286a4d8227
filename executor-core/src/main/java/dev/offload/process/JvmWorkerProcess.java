package dev.offload.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerDeath;
import dev.offload.WorkerLogging;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerProcess;

/**
 * One started worker. A thread of its own waits for its end, kills what it left behind
 * and tells how it died.
 */
final class JvmWorkerProcess implements WorkerProcess {

	private static final Logger logger = LoggerFactory.getLogger(JvmWorkerProcess.class);

	/** How long the end of a worker may be held up by what it left behind. */
	private static final int CLEANUP_MILLIS = 200;

	private static final int OUTPUT_MILLIS = 100;

	/** How long a wrapper may take to pass on the exit code of the worker. */
	private static final int WRAPPER_MILLIS = 500;

	/** How long a JVM may take to print the stacks of its threads. */
	private static final int DUMP_MILLIS = 2000;

	private static final KernelKills KERNEL_KILLS = KernelKills.of(ControlGroup.own());

	private final WorkerLaunch launch;

	/** Holds the other end of the worker's standard input, so it must be kept. */
	private final Process started;

	private final String id;

	private final String fingerprint;

	private final OutputPump output;

	private final StartupCacheUse startup;

	/** By the file system, whose times are compared with it. */
	private final long startMillis;

	private final @Nullable Long kernelKillsBefore = KERNEL_KILLS.count();

	/** What was killed with the worker, and has to be gone before its end is told. */
	private final Set<ProcessHandle> toEnd = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<WorkerDeath> end = new CompletableFuture<>();

	/** The worker, once it is known. Written by the thread that reads the handshake. */
	private volatile ProcessHandle worker;

	/** Written by any thread that kills, before it does. */
	private volatile boolean killed;

	/**
	 * Whether its wrapper had to be ended, so that the worker's exit code is not known.
	 */
	private volatile boolean outlived;

	/**
	 * Creates one.
	 * @param launch what was started
	 * @param started the process
	 * @param id the value of its marker
	 * @param fingerprint what it must say of its classes
	 * @param output its output
	 * @param startup what is told how it starts
	 */
	JvmWorkerProcess(WorkerLaunch launch, Process started, String id, String fingerprint, OutputPump output,
			StartupCacheUse startup) {
		this.launch = launch;
		this.started = started;
		this.id = id;
		this.fingerprint = fingerprint;
		this.output = output;
		this.startup = startup;
		this.worker = started.toHandle();
		this.startMillis = launch.directory().toFile().lastModified();
	}

	void start() {
		String name = this.launch.executor() + "-worker-" + this.launch.number();
		this.output.start(name + "-output");
		Thread thread = new Thread(this::awaitEnd, name + "-end");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public long pid() {
		return this.worker.pid();
	}

	/**
	 * {@inheritDoc} A process that this service has not started is not believed in: a
	 * worker must not be able to have another process killed.
	 */
	@Override
	public void identify(long pid) {
		this.startup.lives();
		if (pid == this.started.pid()) {
			return;
		}
		ProcessHandle named = ProcessHandle.of(pid).orElse(null);
		if (named == null || !isOurs(named)) {
			logger.warn("Process {} started as {} says that it is process {}, which it has not started; ignored",
					this.started.pid(), this.launch, pid);
			return;
		}
		this.worker = named;
		named.onExit()
			.thenRunAsync(this::endWrapper, CompletableFuture.delayedExecutor(WRAPPER_MILLIS, TimeUnit.MILLISECONDS))
			.exceptionally((failure) -> null);
	}

	@Override
	public String fingerprint() {
		return this.fingerprint;
	}

	@Override
	public boolean startedFromCache() {
		return this.startup.isUsed();
	}

	@Override
	public boolean isAlive() {
		return this.started.isAlive() && ProcessTree.isAlive(this.worker);
	}

	@Override
	public void kill() {
		if (this.started.isAlive()) {
			this.killed = true;
			killTree();
		}
		else {
			startCleanup();
		}
	}

	@Override
	public CompletableFuture<WorkerDeath> onEnd() {
		return this.end;
	}

	@Override
	public List<String> lastOutput() {
		return this.output.tail().lines();
	}

	@Override
	public void addOutput(String line) {
		this.output.tail().add(line);
	}

	/**
	 * {@inheritDoc} Sends {@code SIGQUIT} by the program {@code kill}, where there is
	 * one. A JVM with {@code -Xrs} would end of it, so it gets none, nor does one whose
	 * output is not read here.
	 */
	@Override
	public CompletableFuture<String> threadDump() {
		QuitDump dump = new QuitDump();
		boolean unread = this.launch.worker().logging() == WorkerLogging.INHERIT;
		if (!isAlive() || unread || leavesSignals(this.launch.worker())) {
			dump.end();
			return dump.text();
		}
		this.output.pick(dump);
		try {
			new ProcessBuilder("kill", "-QUIT", Long.toString(pid())).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			CompletableFuture.delayedExecutor(DUMP_MILLIS, TimeUnit.MILLISECONDS).execute(dump::end);
		}
		catch (IOException ex) {
			logger.debug("{}: there is no program kill to ask for a dump of its threads", this, ex);
			dump.end();
		}
		return dump.text();
	}

	@Override
	public String toString() {
		return this.launch + ", process " + pid();
	}

	private static boolean leavesSignals(WorkerSpec settings) {
		return settings.jvmArgs().contains("-Xrs")
				|| settings.environment().values().stream().anyMatch((value) -> value.contains("-Xrs"));
	}

	private boolean isOurs(ProcessHandle process) {
		return new MarkedProcesses(this.id).isMarked(process.pid())
				|| ProcessTree.descendants(this.started.toHandle()).contains(process);
	}

	private void endWrapper() {
		if (this.started.isAlive()) {
			logger.debug("{} has ended, but not its worker.launcher-prefix, which is killed", this);
			this.outlived = true;
			killTree();
		}
	}

	private void killTree() {
		// After the worker's death its children are no longer known as its own.
		List<ProcessHandle> descendants = ProcessTree.descendants(this.started.toHandle());
		ProcessTree.kill(this.worker);
		// Not by the Process, which would close the output before it is read.
		ProcessTree.kill(this.started.toHandle());
		descendants.forEach(ProcessTree::kill);
		this.toEnd.addAll(descendants);
	}

	private void awaitEnd() {
		try {
			int value = this.started.waitFor();
			startCleanup().await(CLEANUP_MILLIS, TimeUnit.MILLISECONDS);
			this.output.awaitEnd(OUTPUT_MILLIS);
			this.end.complete(death(value));
		}
		catch (Throwable ex) {
			logger.warn("{} has ended, but how is not known, and what it left behind may not be killed", this, ex);
			this.end.complete(new WorkerDeath(pid(), null, null, "ended in a way that is not known: " + ex, List.of(),
					null, null));
		}
	}

	/**
	 * Kills what the worker left behind, on a thread of its own, for reading about a
	 * process can hang in the kernel.
	 * @return zero when that is done
	 */
	private CountDownLatch startCleanup() {
		CountDownLatch done = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			try {
				cleanUp(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLEANUP_MILLIS));
			}
			finally {
				done.countDown();
			}
		}, this.launch.executor() + "-worker-" + this.launch.number() + "-cleanup");
		thread.setDaemon(true);
		thread.start();
		return done;
	}

	private void cleanUp(long deadlineNanos) {
		ProcessTree.kill(this.worker);
		this.toEnd.add(this.worker);
		this.toEnd.addAll(new MarkedProcesses(this.id).killAll(deadlineNanos));
		ProcessTree.awaitEnd(this.toEnd, deadlineNanos);
	}

	private WorkerDeath death(int value) {
		List<String> lines = lastOutput();
		ErrorFile report = ErrorFile.find(this.launch.directory(), this.launch.executor(),
				Path.of(System.getProperty("java.io.tmpdir")));
		Long kernelKills = KERNEL_KILLS.since(this.kernelKillsBefore);
		String heapDump = HeapDump.find(this.launch.worker().heapDumps(), pid(), this.startMillis);
		ExitStatus status = this.outlived ? ExitStatus.UNKNOWN
				: ExitStatus.of(value, this.killed, report, lines, kernelKills);
		if (!this.killed) {
			this.startup.died(status, report);
		}
		return new WorkerDeath(pid(), status.exitCode(), status.signal(), status.reason(), lines,
				(report != null) ? report.file().toString() : null,
				(report != null) ? report.summary(this.launch.redactor()) : null,
				new WorkerDeath.Evidence(this.killed, heapDump, kernelKills));
	}

}
