package dev.offload.pool;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.dispatch.Deadlines;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.ProtocolException;
import dev.offload.transport.Connection;

/**
 * Finds out who connects. Each connection gets a thread of its own, which reads the first
 * message within a limit of time and then goes on as the reader of that connection; who
 * cannot name itself is refused and logged.
 */
final class WorkerConnections {

	private static final Logger logger = LoggerFactory.getLogger(WorkerConnections.class);

	private static final int MAX_STRANGERS = 64;

	private static final int MAX_HELLO_BYTES = 4 * 1024;

	private static final long HELLO_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final String executor;

	private final Deadlines deadlines;

	private final Function<Hello, @Nullable Worker> workers;

	private final Reader reader;

	private final Semaphore strangers = new Semaphore(MAX_STRANGERS);

	WorkerConnections(String executor, Deadlines deadlines, Function<Hello, @Nullable Worker> workers, Reader reader) {
		this.executor = executor;
		this.deadlines = deadlines;
		this.workers = workers;
		this.reader = reader;
	}

	// Takes a new connection; neither blocks nor throws.
	void accept(SocketChannel channel) {
		if (!this.strangers.tryAcquire()) {
			logger.warn("Executor '{}': refused a connection, for {} others have not named themselves yet",
					this.executor, MAX_STRANGERS);
			close(channel);
			return;
		}
		try {
			Thread thread = new Thread(() -> serve(channel), this.executor + "-connection");
			thread.setDaemon(true);
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			this.strangers.release();
			close(channel);
			logger.error("Executor '{}': no thread for a connection", this.executor, ex);
		}
	}

	private void serve(SocketChannel channel) {
		Connection connection = null;
		Worker worker = null;
		Hello hello = null;
		try {
			connection = new Connection(channel);
			hello = greet(connection);
			worker = this.workers.apply(hello);
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("Executor '{}': refused a connection that did not name itself: {}", this.executor,
					ex.toString());
		}
		finally {
			this.strangers.release();
		}
		if (connection == null) {
			return;
		}
		if (hello == null || worker == null) {
			connection.close();
			if (hello != null) {
				logger.warn("Executor '{}': refused a connection of pid {} with a wrong token", this.executor,
						hello.pid());
			}
			return;
		}
		read(connection, worker, hello);
	}

	private void read(Connection connection, Worker worker, Hello hello) {
		String role = switch (hello.connection()) {
			case 0 -> "control";
			case Hello.LOG -> "log";
			default -> "slot-" + hello.connection();
		};
		Thread.currentThread().setName(this.executor + "-" + worker.number() + "-" + role);
		try {
			this.reader.read(connection, worker, hello);
		}
		catch (RuntimeException | Error ex) {
			logger.error("{}: reading its {} connection failed", worker, role, ex);
		}
		finally {
			connection.close();
		}
	}

	private Hello greet(Connection connection) throws IOException {
		Future<?> limit = this.deadlines.schedule(HELLO_NANOS, connection::close);
		try {
			if (!(connection.receive(MAX_HELLO_BYTES) instanceof Hello hello)) {
				throw new ProtocolException("the first message is not a greeting");
			}
			return hello;
		}
		finally {
			limit.cancel(false);
		}
	}

	private static void close(SocketChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			logger.debug("Closing a refused connection failed", ex);
		}
	}

	/**
	 * Reads a connection of a worker until it ends.
	 */
	interface Reader {

		void read(Connection connection, Worker worker, Hello hello);

	}

}
