package dev.offload.pool;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import dev.offload.dispatch.Deadlines;
import dev.offload.protocol.Frame;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.MessageReader;
import dev.offload.protocol.ProtocolException;
import dev.offload.transport.Connection;
import dev.offload.transport.WorkerEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for first bytes that get a stranger past {@link WorkerConnections}, hold it up,
 * or keep true workers out, on a real socket.
 */
class HandshakeFuzzTests {

	private static final int MAX_HELLO_BYTES = 4 * 1024;

	private static final String GUESSED = "0123456789abcdef";

	private static final String TRUE = "fedcba9876543210";

	private static final BlockingQueue<String> admitted = new LinkedBlockingQueue<>();

	private static Path directory;

	private static WorkerEndpoint endpoint;

	/** Written by the test, read by the threads of the connections. */
	private static volatile Worker guessedWorker;

	/** Written by the test, read by the threads of the connections. */
	private static volatile Worker trueWorker;

	@BeforeAll
	static void listen() throws IOException {
		directory = Files.createTempDirectory("fuzz");
		WorkerConnections connections = new WorkerConnections("fuzz", new Deadlines("fuzz"), HandshakeFuzzTests::find,
				(connection, worker, hello) -> admitted.add(worker.admission().token()));
		endpoint = WorkerEndpoint.open(directory.resolve("s"), "fuzz", connections::accept);
	}

	@AfterAll
	static void close() throws IOException {
		endpoint.close();
		Files.delete(endpoint.path());
		Files.delete(directory);
	}

	private static @Nullable Worker find(Hello hello) {
		if (guessedWorker.admission().admit(hello)) {
			return guessedWorker;
		}
		return trueWorker.admission().admit(hello) ? trueWorker : null;
	}

	@FuzzTest
	void strangerIsRefusedAtOnceAndWorkerIsAdmittedAfterIt(byte[] first) throws Exception {
		WorkerFiles files = new WorkerFiles(directory, directory);
		guessedWorker = new Worker("fuzz", 1, 1, GUESSED, files);
		trueWorker = new Worker("fuzz", 2, 1, TRUE, files);
		awaitEndOf(first);
		if (isHelloOf(GUESSED, first)) {
			assertThat(admitted.poll(30, TimeUnit.SECONDS)).isEqualTo(GUESSED);
		}
		if (!isHelloOf(TRUE, first)) {
			try (Connection worker = WorkerEndpoint.connect(endpoint.path())) {
				worker.send(new Hello(TRUE, 0, 1, "", false));
				assertThat(admitted.poll(30, TimeUnit.SECONDS)).isEqualTo(TRUE);
			}
		}
		admitted.clear();
	}

	// What it says ends where its bytes end; the service must close its side then.
	private static void awaitEndOf(byte[] first) throws Exception {
		try (SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(endpoint.path()))) {
			CompletableFuture<Void> refused = CompletableFuture.runAsync(() -> {
				try {
					stranger.write(ByteBuffer.wrap(first));
					stranger.shutdownOutput();
					while (stranger.read(ByteBuffer.allocate(16)) >= 0) {
						Thread.onSpinWait();
					}
				}
				catch (IOException ex) {
					// Refused before it had said all.
				}
			});
			refused.get(30, TimeUnit.SECONDS);
		}
	}

	private static boolean isHelloOf(String token, byte[] bytes) {
		if (bytes.length < Frame.HEADER_BYTES) {
			return false;
		}
		try {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			MessageReader reader = MessageReader.readHeader(buffer, MAX_HELLO_BYTES);
			if (buffer.remaining() < reader.bodyLength()) {
				return false;
			}
			byte[] body = new byte[reader.bodyLength()];
			buffer.get(body);
			return reader.read(body, List.of()) instanceof Hello hello && hello.token().equals(token)
					&& hello.connection() >= Hello.LOG && hello.connection() <= 1;
		}
		catch (ProtocolException ex) {
			return false;
		}
	}

}
