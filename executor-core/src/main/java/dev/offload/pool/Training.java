package dev.offload.pool;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.StartupCache;
import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Hello;
import dev.offload.spi.WorkerProcess;
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

	/** How long it may take to write what it leaves. */
	private static final long WRITING_NANOS = TimeUnit.SECONDS.toNanos(120);

	private final PoolCore core;

	private final WorkerStarter starter;

	private final Executor background;

	private final long delayNanos;

	private final AtomicBoolean planned = new AtomicBoolean();

	/** Written by the thread that trains; read by the one that closes. */
	private volatile @Nullable WorkerProcess process;

	private volatile boolean closed;

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
		this.closed = true;
		WorkerProcess known = this.process;
		if (known != null) {
			known.kill();
		}
	}

	private void train() {
		Worker worker = null;
		try {
			worker = this.starter.create(NUMBER);
			this.planned.set(!train(worker));
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Executor '{}': no worker could be trained", this.core.spec().name(), ex);
		}
		finally {
			if (worker != null) {
				worker.removeFiles();
			}
		}
	}

	// Whether there was something to gain. If not, there will not be: what prevents it
	// does
	// not change, and what somebody else has made is found by the next start.
	private boolean train(Worker worker) throws IOException {
		WorkerConnections connections = new WorkerConnections(this.core.spec().name(), this.core.services().deadlines(),
				(hello) -> worker.admission().admit(hello) ? worker : null, this::read);
		try (WorkerEndpoint endpoint = WorkerEndpoint.open(worker.directory().resolve("s"), this.core.spec().name(),
				connections::accept)) {
			WorkerProcess started = this.closed ? null : this.starter.train(worker, endpoint.path());
			if (started == null) {
				return false;
			}
			worker.process().launched(started);
			this.process = started;
			if (this.closed) {
				started.kill();
			}
			awaitEnd(started);
			return true;
		}
		finally {
			this.process = null;
		}
	}

	private void awaitEnd(WorkerProcess started) {
		try {
			started.onEnd().get(this.core.spec().startTimeout().toNanos() + WRITING_NANOS, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			started.kill();
		}
		catch (ExecutionException | TimeoutException ex) {
			started.kill();
		}
	}

	private void read(Connection connection, Worker worker, Hello hello) {
		try {
			if (hello.connection() == 0) {
				worker.control().connected(connection);
				worker.process().told(hello.pid());
				connection.send(this.starter.configuration(worker));
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

}
