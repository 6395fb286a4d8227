package dev.offload.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.process.CustomizedLaunch;
import dev.offload.protocol.Message.Configure;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerProcess;
import dev.offload.spi.WorkerSetup;
import dev.offload.spool.PrivateDirectory;
import dev.offload.spool.Spool;
import dev.offload.spool.StreamedTypes;
import dev.offload.transport.NamedPipes;
import dev.offload.transport.WorkerEndpoint;

/**
 * Starts worker processes: opens the pool's directory and socket with the first, gives
 * each its token and its configuration. Safe for use by many threads.
 */
final class WorkerStarter {

	private static final String MAIN_CLASS = "dev.offload.worker.WorkerMain";

	private static final int TOKEN_BYTES = 32;

	private static final SecureRandom random = new SecureRandom();

	private final ExecutorSpec spec;

	private final PoolSettings settings;

	private final Spool spool;

	private final WorkerLanes lanes;

	/** Set once, before the first start. */
	private Consumer<SocketChannel> onConnection = (channel) -> {
	};

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private @Nullable PrivateDirectory directory;

	/** Guarded by the lock. */
	private @Nullable WorkerEndpoint endpoint;

	/** Guarded by the lock: a start that comes late must open nothing. */
	private boolean closed;

	WorkerStarter(ExecutorSpec spec, PoolSettings settings) {
		this.spec = spec;
		this.settings = settings;
		this.spool = new Spool(spec, StreamedTypes.known(), this::directory);
		this.lanes = new WorkerLanes(spec);
	}

	// Given each connection to the pool's socket; must neither block nor throw.
	void onConnection(Consumer<SocketChannel> action) {
		this.onConnection = action;
	}

	// Makes a worker that has no process yet.
	Worker create(int number) throws IOException {
		byte[] token = new byte[TOKEN_BYTES];
		random.nextBytes(token);
		Path directory = Files.createDirectory(open().path().resolve("w" + number));
		try {
			WorkerFiles files = new WorkerFiles(directory, this.spool.directoryOf(number));
			requireNotClosedMeanwhile();
			return new Worker(this.spec.name(), number, this.spec.threadsPerWorker(), HexFormat.of().formatHex(token),
					files);
		}
		catch (IOException ex) {
			PrivateDirectory.delete(directory);
			throw ex;
		}
	}

	// What was made while close removed the rest is removed here.
	private void requireNotClosedMeanwhile() throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				if (this.directory != null) {
					this.directory.delete();
				}
				throw closedFailure();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private IOException closedFailure() {
		return new IOException("Executor '" + this.spec.name() + "' is closed");
	}

	// Starts the process of a worker.
	WorkerProcess launch(Worker worker) throws IOException {
		WorkerProcess process = this.settings.launcher().launch(launchOf(worker, socket(open())));
		makePipes(worker, process);
		return process;
	}

	// Nobody else would kill it yet.
	private void makePipes(Worker worker, WorkerProcess process) {
		try {
			this.lanes.makePipes(worker);
		}
		catch (RuntimeException | Error ex) {
			process.kill();
			throw ex;
		}
	}

	// Starts the process of a worker that gets no tasks, on a socket of its own; null if
	// there is nothing to gain.
	@Nullable WorkerProcess train(Worker worker, Path socket) throws IOException {
		WorkerProcess process = this.settings.launcher().train(launchOf(worker, socket));
		if (process != null) {
			makePipes(worker, process);
		}
		return process;
	}

	WorkerLanes lanes() {
		return this.lanes;
	}

	private WorkerLaunch launchOf(Worker worker, Path socket) throws IOException {
		WorkerLaunch launch = new WorkerLaunch(this.spec.name(), worker.number(), this.spec.worker(),
				this.settings.claim().share(), MAIN_CLASS, socket, worker.admission().token(), worker.directory(),
				this.settings.redactor());
		return CustomizedLaunch.of(launch, this.settings.customizers());
	}

	Configure configuration(Worker worker, String ids) {
		WorkerSetup setup = this.settings.setups().setupFor(this.spec);
		NamedPipes pipes = worker.pipes();
		return new Configure(this.spec.threadsPerWorker(), this.spec.maxPayloadBytes(), ids,
				HangWatch.beatMillis(this.spec.hangTimeout().toNanos()), this.settings.codec().getClass().getName(),
				setup.resolver(), this.spec.worker().initializer(), this.spec.worker().initializerArguments(),
				setup.settings(), setup.applicationPackages(), this.spec.allowedTypes(), worker.spool().toString(),
				this.spec.maxSpoolBytes(), (pipes != null) ? pipes.directory().toString() : "");
	}

	Spool spool() {
		return this.spool;
	}

	LogReplay logReplay() {
		return new LogReplay(this.spec.name(), this.settings.redactor());
	}

	// The directory of the pool, which is made with the first that needs it.
	Path directory() throws IOException {
		return open().path();
	}

	private static Path socket(PrivateDirectory directory) {
		return directory.path().resolve("s");
	}

	private PrivateDirectory open() throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				throw closedFailure();
			}
			PrivateDirectory known = this.directory;
			if (known != null) {
				return known;
			}
			PrivateDirectory made = PrivateDirectory.create();
			this.endpoint = listen(made);
			this.directory = made;
			return made;
		}
		finally {
			this.lock.unlock();
		}
	}

	// A directory without a socket is of no use, and the next start makes another.
	private WorkerEndpoint listen(PrivateDirectory made) throws IOException {
		try {
			return WorkerEndpoint.open(socket(made), this.spec.name(), this.onConnection);
		}
		catch (IOException | RuntimeException | Error ex) {
			made.delete();
			throw ex;
		}
	}

	void close() {
		this.spool.close();
		this.lanes.close();
		this.lock.lock();
		try {
			this.closed = true;
			if (this.endpoint != null) {
				this.endpoint.close();
			}
			if (this.directory != null) {
				this.directory.delete();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
