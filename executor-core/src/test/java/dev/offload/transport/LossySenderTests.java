package dev.offload.transport;

import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import dev.offload.protocol.Message;
import dev.offload.protocol.Message.LogEvent;
import dev.offload.protocol.Message.LogsDropped;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LossySender}.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class LossySenderTests {

	private static final int COUNT = 20_000;

	private static final String PADDING = "x".repeat(1000);

	private Path directory;

	private WorkerEndpoint endpoint;

	private Connection reader;

	private LossySender sender;

	/** On the same connection, without the thread that writes what is kept. */
	private LossySender alone;

	@BeforeEach
	void connect() throws Exception {
		this.directory = Files.createTempDirectory("lossy");
		BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
		this.endpoint = WorkerEndpoint.open(this.directory.resolve("s"), "test", accepted::add);
		Connection connection = new Connection(SocketChannel.open(UnixDomainSocketAddress.of(this.endpoint.path())));
		this.sender = LossySender.start(connection, "test-log");
		this.alone = new LossySender(connection);
		this.reader = new Connection(accepted.poll(10, TimeUnit.SECONDS));
	}

	@AfterEach
	void close() throws Exception {
		this.reader.close();
		this.endpoint.close();
		Files.deleteIfExists(this.endpoint.path());
		Files.delete(this.directory);
	}

	@Test
	void messagesWhenNobodyReadsAreDroppedAndCountedAndTheRestComesInOrder() throws Exception {
		for (int i = 0; i < COUNT; i++) {
			this.sender.send(event(i, PADDING), false);
		}
		int received = 0;
		long dropped = 0;
		long last = -1;
		while (received + dropped < COUNT) {
			Message message = this.reader.receive(Integer.MAX_VALUE);
			if (message instanceof LogEvent event) {
				assertThat(event.millis()).isGreaterThan(last);
				last = event.millis();
				received++;
			}
			else {
				dropped += ((LogsDropped) message).count();
			}
		}
		assertThat(received + dropped).isEqualTo(COUNT);
		assertThat(received * 1000L).isBetween(LossySender.MAX_BYTES / 2L, LossySender.MAX_BYTES * 2L);
	}

	@Test
	void roomIsLeftForWhatIsImportant() throws Exception {
		for (int i = 0; i < COUNT; i++) {
			this.sender.send(event(i, PADDING), false);
		}
		this.sender.send(event(COUNT, "important"), true);
		Message message = this.reader.receive(Integer.MAX_VALUE);
		while (!(message instanceof LogEvent event && event.text().equals("important"))) {
			message = this.reader.receive(Integer.MAX_VALUE);
		}
		assertThat(((LogEvent) message).millis()).isEqualTo(COUNT);
	}

	@Test
	void messageIsWrittenWhenTheSenderReturns() throws Exception {
		this.alone.send(event(1, PADDING), false);
		Thread.currentThread().interrupt();
		this.alone.send(event(2, PADDING), false);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(((LogEvent) this.reader.receive(Integer.MAX_VALUE)).millis()).isEqualTo(1);
		assertThat(((LogEvent) this.reader.receive(Integer.MAX_VALUE)).millis()).isEqualTo(2);
	}

	@Test
	void messageWhenTheOtherSideIsGoneIsForgotten() {
		this.reader.close();
		for (int i = 0; i < COUNT; i++) {
			this.sender.send(event(i, PADDING), true);
		}
		this.sender.flush(TimeUnit.MINUTES.toMillis(10));
	}

	private static LogEvent event(long number, String text) {
		return new LogEvent(20, number, "logger", "thread", text, Map.of(), new byte[0]);
	}

}
