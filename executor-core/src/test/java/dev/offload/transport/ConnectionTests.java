package dev.offload.transport;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.management.ThreadMXBean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Cancel;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.MessageWriter;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link Connection} and {@link WorkerEndpoint}.
 */
@Timeout(60)
class ConnectionTests {

	private static final int MAX_BODY = 64 * 1024 * 1024;

	private Path directory;

	private WorkerEndpoint endpoint;

	private SocketChannel raw;

	private Connection client;

	private Connection server;

	@BeforeEach
	void connect() throws Exception {
		this.directory = Files.createTempDirectory("conn");
		BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
		this.endpoint = WorkerEndpoint.open(this.directory.resolve("s"), "test", accepted::add);
		this.raw = SocketChannel.open(UnixDomainSocketAddress.of(this.endpoint.path()));
		this.server = new Connection(accepted.poll(10, TimeUnit.SECONDS));
		this.client = new Connection(this.raw);
	}

	@AfterEach
	void close() throws Exception {
		this.client.close();
		this.server.close();
		this.endpoint.close();
		Files.deleteIfExists(this.endpoint.path());
		Files.delete(this.directory);
	}

	private CompletableFuture<Message> receiveAside(Connection connection) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return connection.receive(MAX_BODY);
			}
			catch (IOException ex) {
				throw new CompletionException(ex);
			}
		});
	}

	private static byte[] bytes(Message message) {
		Payload payload = ((Completed) message).payload();
		return Arrays.copyOfRange(payload.bytes(), payload.start(), payload.start() + payload.length());
	}

	@Test
	void messagesWhenSentArriveInOrderWhateverTheirSize() throws Exception {
		int[] sizes = { 0, 1, 65_519, 65_520, 65_521, 200_000, 1_048_576, 1_048_577, 8_388_608, 20_000_000 };
		for (int size : sizes) {
			byte[] payload = new byte[size];
			new Random(size).nextBytes(payload);
			CompletableFuture<Message> received = receiveAside(this.server);
			this.client.send(new Completed(size, Payload.of(payload)));
			assertThat(bytes(received.get(30, TimeUnit.SECONDS))).isEqualTo(payload);
		}
	}

	@Test
	void bodyWhenAnnouncedAndNotSentTakesLittleMemory() throws Exception {
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + 1000);
		MessageWriter.writeHeader(new Completed(1, Payload.of(new byte[0])), Integer.MAX_VALUE - 8, frame);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		CompletableFuture<Long> allocated = CompletableFuture.supplyAsync(() -> {
			long before = threads.getCurrentThreadAllocatedBytes();
			assertThat(catchThrowable(() -> this.server.receive(Integer.MAX_VALUE))).isInstanceOf(EOFException.class);
			return threads.getCurrentThreadAllocatedBytes() - before;
		});
		try (SocketChannel liar = this.raw) {
			liar.write(frame.rewind());
		}
		assertThat(allocated.get(30, TimeUnit.SECONDS)).isLessThan(8_000_000);
	}

	@Test
	void messageOfWhichSomeHasComeIsGoneOnWithByAnotherThread() throws Exception {
		byte[] payload = new byte[3_000_000];
		new Random(1).nextBytes(payload);
		AtomicBoolean enough = new AtomicBoolean();
		CompletableFuture<@Nullable Message> first = CompletableFuture
			.supplyAsync(() -> this.server.receiveUnlessWoken(MAX_BODY, enough::get));
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + Integer.BYTES);
		Completed message = new Completed(1, Payload.of(payload));
		MessageWriter.writeHeader(message, Integer.BYTES + payload.length, frame);
		writeWhole(frame.rewind());
		writeWhole(ByteBuffer.wrap(payload, 0, 2_000_000));
		assertThat(first).isNotDone();
		enough.set(true);
		this.server.wakeReceiver();
		assertThat(first.get(10, TimeUnit.SECONDS)).isNull();
		CompletableFuture<Message> second = receiveAside(this.server);
		writeWhole(ByteBuffer.wrap(payload, 2_000_000, 1_000_000));
		assertThat(bytes(second.get(30, TimeUnit.SECONDS))).isEqualTo(payload);
	}

	private void writeWhole(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			if (this.raw.write(bytes) == 0) {
				Thread.onSpinWait();
			}
		}
	}

	@Test
	void manySmallMessagesWhenReadTogetherAreKeptApart() throws Exception {
		for (int i = 0; i < 100; i++) {
			this.client.send(new Cancel(i));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(this.server.receive(MAX_BODY)).isEqualTo(new Cancel(i));
		}
	}

	@Test
	void senderWhenInterruptedSendsAllAndKeepsItsFlag() throws Exception {
		CompletableFuture<Message> received = receiveAside(this.server);
		Thread.currentThread().interrupt();
		this.client.send(new Completed(1, Payload.of(new byte[5_000_000])));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(bytes(received.get(30, TimeUnit.SECONDS))).hasSize(5_000_000);
	}

	@Test
	void connectionWhenBothSidesAreInterruptedAllTheTimeLosesNothing() throws Exception {
		AtomicBoolean done = new AtomicBoolean();
		Thread sender = new Thread(() -> {
			for (int i = 0; i < 2000; i++) {
				sendQuietly(i);
			}
		}, "test-sender");
		Thread receiver = Thread.currentThread();
		Thread interrupter = new Thread(() -> {
			while (!done.get()) {
				sender.interrupt();
				receiver.interrupt();
				Thread.onSpinWait();
			}
		}, "test-interrupter");
		sender.start();
		interrupter.start();
		for (int i = 0; i < 2000; i++) {
			Completed execute = (Completed) this.server.receive(MAX_BODY);
			assertThat(execute.task()).isEqualTo(i);
			assertThat(bytes(execute)).hasSize(i * 50);
		}
		done.set(true);
		while (interrupter.isAlive()) {
			Thread.interrupted();
			Thread.onSpinWait();
		}
		Thread.interrupted();
		assertThat(catchThrowable(() -> this.server.send(new Cancel(1)))).isNull();
	}

	private void sendQuietly(int number) {
		try {
			this.client.send(new Completed(number, Payload.of(new byte[number * 50])));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void receiverWhenOtherSideClosesGetsEndOfFile() {
		CompletableFuture<Message> received = receiveAside(this.server);
		this.client.close();
		assertThat(catchThrowable(() -> received.get(10, TimeUnit.SECONDS))).hasRootCauseInstanceOf(EOFException.class);
	}

	@Test
	void receiverWhenItsOwnSideIsClosedEnds() {
		CompletableFuture<Message> received = receiveAside(this.server);
		this.server.close();
		assertThat(catchThrowable(() -> received.get(10, TimeUnit.SECONDS))).hasRootCauseInstanceOf(IOException.class);
	}

	@Test
	void senderWhenOtherSideIsGoneSaysThatNothingWasSent() {
		this.server.close();
		Awaitility.await()
			.untilAsserted(() -> assertThatExceptionOfType(UnsentException.class)
				.isThrownBy(() -> this.client.send(new Cancel(1))));
	}

	@Test
	void senderWhenConnectionIsClosedWhileItWaitsEnds() {
		CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
			try {
				this.client.send(new Completed(1, Payload.of(new byte[20_000_000])));
			}
			catch (IOException ex) {
				throw new CompletionException(ex);
			}
		});
		assertThat(catchThrowable(() -> this.server.receive(10))).isInstanceOf(ProtocolException.class);
		assertThat(sending).isNotDone();
		this.client.close();
		assertThat(catchThrowable(() -> sending.get(10, TimeUnit.SECONDS))).hasRootCauseInstanceOf(IOException.class);
	}

	@Test
	void offerWhenOtherSideReadsNothingDoesNotWaitAndLosesNoPart() throws Exception {
		long offered = 0;
		while (this.client.offer(new Cancel(offered))) {
			offered++;
		}
		assertThat(offered).isPositive();
		for (long i = 0; i < offered; i++) {
			assertThat(this.server.receive(10)).isEqualTo(new Cancel(i));
		}
		assertThat(this.client.offer(new Cancel(-1))).isTrue();
		assertThat(this.server.receive(10)).isEqualTo(new Cancel(-1));
	}

}
