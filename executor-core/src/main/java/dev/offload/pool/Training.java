package dev.offload.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.StartupCache;
import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Hello;
import dev.offload.spi.WorkerProcess;
import dev.offload.spool.PrivateDirectory;
import dev.offload.transport.Connection;
import dev.offload.transport.WorkerEndpoint;

/**
 * Has a worker started that is for nothing but its end: what it leaves lets others start
 * faster. It is none of the pool's workers, gets no task, and is told to end when it is
 * ready. Safe for use by many threads.
 */
final class Training {

	private static final Logger logger = LoggerFactory.getLogger(Training.class);

	private static final int NUMBER = 0;

	/** Its name in the pool's directory. */
	private static final String SOCKET = "t";

	/** How long it may take to write what it leaves. */
	private static final long WRITING_NANOS = TimeUnit.SECONDS.toNanos(120);

	private final PoolCore core;

	private final WorkerStarter starter;

	private final Executor background;

	private final long delayNanos;

	private final AtomicBoolean planned = new AtomicBoolean();

	/** Written by the thread that trains; read by the one that closes. */
	private volatile @Nullable WorkerProcess process;

	/** Written with the lock. */
	private volatile boolean closed;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: those of the worker that is trained. */
	private final List<Connection> connections = new ArrayList<>();

	/** Guarded by the lock: the one that trains. */
	private @Nullable Thread thread;

	Training(PoolCore core, WorkerStarter starter, Executor background, long delayNanos) {
		this.core = core;
		this.starter = starter;
		this.background = background;
		this.delayNanos = delayNanos;
	}

	// A worker is ready. Those that wait for it come first, so the training is later.
	void ready(Worker worker) {
		boolean wanted = this.core.spec().worker().startupCache() == StartupCache.AUTO
				&& !worker.process().startedFromCache() && !Debugging.isExpected(this.core.spec().worker());
		if (wanted && this.planned.compareAndSet(false, true)) {
			this.core.services().deadlines().run(this.delayNanos, () -> {
				try {
					this.background.execute(this::train);
				}
				catch (RejectedExecutionException ex) {
					logger.trace("Closed", ex);
				}
			});
		}
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			// It may wait for its turn.
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
		WorkerProcess known = this.process;
		if (known != null) {
			known.kill();
		}
	}

	private void train() {
		if (!enter()) {
			return;
		}
		Worker worker = null;
		try {
			worker = this.starter.create(NUMBER);
			this.planned.set(train(worker) == Outcome.NEVER_ENDED);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Executor '{}': no worker could be trained", this.core.spec().name(), ex);
			this.planned.set(false);
		}
		finally {
			if (worker != null) {
				worker.closeConnections();
				closeConnections();
				worker.removeFiles();
			}
			leave();
		}
	}

	// Whoever waits in a pipe does not see the end of the worker.
	private void closeConnections() {
		this.lock.lock();
		try {
			this.connections.forEach(Connection::close);
			this.connections.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void keep(Connection connection) {
		this.lock.lock();
		try {
			if (this.thread == null || this.closed) {
				connection.close();
			}
			this.connections.add(connection);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean enter() {
		this.lock.lock();
		try {
			this.thread = this.closed ? null : Thread.currentThread();
			return !this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	// The thread is not this one's own, so it must not keep the interruption.
	private void leave() {
		this.lock.lock();
		try {
			this.thread = null;
			var unused = Thread.interrupted();
		}
		finally {
			this.lock.unlock();
		}
	}

	private Outcome train(Worker worker) throws IOException {
		WorkerConnections connections = new WorkerConnections(this.core.spec().name(), this.core.services().deadlines(),
				(hello) -> worker.admission().admit(hello) ? worker : null, this::read);
		// No longer than that of the pool, for the length of such a path is limited.
		Path socket = this.starter.directory().resolve(SOCKET);
		try (WorkerEndpoint endpoint = WorkerEndpoint.open(socket, this.core.spec().name(), connections::accept)) {
			WorkerProcess started = this.closed ? null : this.starter.train(worker, endpoint.path());
			if (started == null) {
				return Outcome.DONE;
			}
			worker.process().launched(started);
			this.process = started;
			if (this.closed) {
				started.kill();
			}
			return awaitEnd(started);
		}
		finally {
			this.process = null;
			PrivateDirectory.delete(socket);
		}
	}

	private Outcome awaitEnd(WorkerProcess started) {
		try {
			started.onEnd().get(this.core.spec().startTimeout().toNanos() + WRITING_NANOS, TimeUnit.NANOSECONDS);
			return Outcome.DONE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			started.kill();
			return Outcome.DONE;
		}
		catch (ExecutionException | TimeoutException ex) {
			started.kill();
			return Outcome.NEVER_ENDED;
		}
	}

	private void read(Connection connection, Worker worker, Hello hello) {
		keep(connection);
		try {
			if (hello.connection() == 0) {
				worker.control().connected(connection);
				worker.process().told(hello.pid());
				connection.send(this.starter.configuration(worker, ""));
			}
			else if (hello.connection() > 0) {
				this.starter.lanes().open(connection, worker, hello);
			}
			while (true) {
				Message message = connection.receive(this.core.spec().maxPayloadBytes() + Frame.SLACK_BYTES);
				if (message instanceof Message.Ready) {
					worker.control().shutDown();
				}
			}
		}
		catch (IOException ex) {
			logger.trace("{} is trained", worker, ex);
		}
	}

	private enum Outcome {

		/**
		 * Somebody has done it, or may do it later: each ready worker is a reason to
		 * look.
		 */
		DONE,

		/** It would be as long the next time. */
		NEVER_ENDED

	}

}
