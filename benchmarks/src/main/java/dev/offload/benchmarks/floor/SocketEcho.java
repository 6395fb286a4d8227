package dev.offload.benchmarks.floor;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The other JVM of the bare socket: sends back whatever comes over any connection.
 */
public final class SocketEcho {

	private SocketEcho() {
	}

	/**
	 * Listens until standard input ends.
	 * @param arguments the path of the socket
	 * @throws IOException if it cannot listen there
	 */
	public static void main(String[] arguments) throws IOException {
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(arguments[0]));
			start(() -> accept(server), "echo-acceptor");
			System.out.println(EchoProcess.READY);
			System.in.transferTo(OutputStream.nullOutputStream());
		}
	}

	private static void accept(ServerSocketChannel server) throws IOException {
		for (int i = 1;; i++) {
			SocketChannel channel = server.accept();
			start(() -> serve(channel), "echo-" + i);
		}
	}

	private static void serve(SocketChannel channel) throws IOException {
		try (EchoConnection connection = new EchoConnection(channel)) {
			for (;;) {
				connection.send(connection.receive());
			}
		}
	}

	private static void start(Loop loop, String name) {
		Thread thread = new Thread(() -> {
			try {
				loop.run();
			}
			catch (IOException ex) {
				// The other side has gone.
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
	}

	@FunctionalInterface
	private interface Loop {

		void run() throws IOException;

	}

}
