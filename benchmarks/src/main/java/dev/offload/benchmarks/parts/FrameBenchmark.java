package dev.offload.benchmarks.parts;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import dev.offload.protocol.Message;
import dev.offload.transport.Connection;

/**
 * One small frame through a socket, written and read on one thread: nobody is woken.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {

	private static final Message MESSAGE = new Message.Heartbeat(1, 2, 3, 4);

	// JMH calls the method that sets it before all others.
	@SuppressWarnings("NullAway.Init")
	private Connection writer;

	// JMH calls the method that sets it before all others.
	@SuppressWarnings("NullAway.Init")
	private Connection reader;

	/**
	 * Connects.
	 * @throws IOException if there are no sockets
	 */
	@Setup
	public void connect() throws IOException {
		Path directory = Files.createTempDirectory("frames");
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(address);
			this.writer = new Connection(SocketChannel.open(address));
			this.reader = new Connection(server.accept());
		}
		Files.delete(address.getPath());
		Files.delete(directory);
	}

	/**
	 * Disconnects.
	 */
	@TearDown
	public void disconnect() {
		this.writer.close();
		this.reader.close();
	}

	/**
	 * Writes and reads one.
	 * @return the message
	 * @throws IOException if the connection breaks
	 */
	@Benchmark
	public Message frame() throws IOException {
		this.writer.send(MESSAGE);
		return this.reader.receive(1024);
	}

}
