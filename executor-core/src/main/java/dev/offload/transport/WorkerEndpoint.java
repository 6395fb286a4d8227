package dev.offload.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Unix-domain socket on which a service waits for its workers, with one thread that
 * accepts. Who connects is not known yet: the acceptor must not wait for it.
 */
public final class WorkerEndpoint implements Closeable {

	private final ServerSocketChannel server;

	private final Path path;

	private final Consumer<SocketChannel> acceptor;

	private WorkerEndpoint(ServerSocketChannel server, Path path, Consumer<SocketChannel> acceptor) {
		this.server = server;
		this.path = path;
		this.acceptor = acceptor;
	}

	/**
	 * Opens an endpoint and starts to accept.
	 * @param path the path of the socket, in a private directory
	 * @param executor the name of the executor, for the thread's name
	 * @param acceptor given each connection; must neither block nor throw
	 * @return the endpoint
	 * @throws IOException if the socket cannot be made
	 */
	public static WorkerEndpoint open(Path path, String executor, Consumer<SocketChannel> acceptor) throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		try {
			server.bind(UnixDomainSocketAddress.of(path));
		}
		catch (IOException ex) {
			server.close();
			throw new IOException("Cannot listen on " + path + ": " + ex.getMessage(), ex);
		}
		WorkerEndpoint endpoint = new WorkerEndpoint(server, path, acceptor);
		Thread thread = new Thread(endpoint::acceptAll, executor + "-acceptor");
		thread.setDaemon(true);
		thread.start();
		return endpoint;
	}

	/**
	 * Connects to an endpoint, from a worker.
	 * @param path the path of its socket
	 * @return the connection
	 * @throws IOException if that fails
	 */
	public static Connection connect(Path path) throws IOException {
		return new Connection(SocketChannel.open(UnixDomainSocketAddress.of(path)));
	}

	/**
	 * Where it listens.
	 * @return the path of the socket
	 */
	public Path path() {
		return this.path;
	}

	private void acceptAll() {
		while (this.server.isOpen()) {
			try {
				this.acceptor.accept(this.server.accept());
			}
			catch (IOException | RuntimeException ex) {
				if (this.server.isOpen()) {
					Log.logger.warn("Accepting a connection on {} failed", this.path, ex);
					pause();
				}
			}
		}
	}

	// Out of file descriptors, accepting fails at once and again: do not spin.
	private static void pause() {
		try {
			Thread.sleep(100);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/**
	 * Apart, for a worker connects before its logging has to be there.
	 */
	private static final class Log {

		private static final Logger logger = LoggerFactory.getLogger(WorkerEndpoint.class);

	}

}
