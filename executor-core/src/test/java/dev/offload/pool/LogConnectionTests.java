package dev.offload.pool;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.protocol.Message.LogsDropped;
import dev.offload.transport.Connection;
import dev.offload.transport.WorkerEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogConnection}.
 */
class LogConnectionTests {

	@Test
	void readingEndsThoughTheOtherEndIsKeptOpen(@TempDir Path directory) throws Exception {
		BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
		WorkerEndpoint endpoint = WorkerEndpoint.open(directory.resolve("s"), "test", accepted::add);
		try (Connection other = new Connection(SocketChannel.open(UnixDomainSocketAddress.of(endpoint.path())))) {
			LogConnection log = new LogConnection(new Connection(accepted.poll(10, TimeUnit.SECONDS)));
			other.send(new LogsDropped(7));
			assertThat(log.next()).isEqualTo(new LogsDropped(7));
			log.closeWhenQuiet(50);
			CompletableFuture<IOException> end = CompletableFuture.supplyAsync(() -> {
				try {
					throw new AssertionError("came: " + log.next());
				}
				catch (IOException ex) {
					return ex;
				}
			});
			assertThat(end).succeedsWithin(Duration.ofSeconds(30));
		}
		finally {
			endpoint.close();
		}
	}

}
