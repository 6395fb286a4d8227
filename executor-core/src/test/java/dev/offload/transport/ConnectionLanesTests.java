package dev.offload.transport;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.protocol.Message;
import dev.offload.protocol.Message.ByMemory;
import dev.offload.protocol.Message.Cancel;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Share;
import dev.offload.protocol.Message.Shared;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link Connection} with pipes and shared memory. Both sides are in this
 * process.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(OS.LINUX)
class ConnectionLanesTests {

	private static final int MAX_BODY = 64 * 1024 * 1024;

	@TempDir
	@Nullable Path directory;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private WorkerEndpoint endpoint;

	private NamedPipes pipes;

	private Connection worker;

	private Connection service;

	/** Reads the pipe of the answers, too. */
	private FileInputStream stranger;

	@BeforeEach
	void connect() throws Exception {
		Path place = Objects.requireNonNull(this.directory);
		BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
		this.endpoint = WorkerEndpoint.open(place.resolve("s"), "test", accepted::add);
		this.pipes = Objects.requireNonNull(NamedPipes.make(place, 1));
		PipeLane lane = NamedPipes.openInWorker(place, 1);
		this.worker = WorkerEndpoint.connect(this.endpoint.path());
		this.worker.usePipes(lane);
		this.worker.acceptMemory();
		this.stranger = new FileInputStream(place.resolve("a1").toFile());
		this.service = new Connection(accepted.poll(10, TimeUnit.SECONDS));
		this.service.usePipes(this.pipes.take(1));
	}

	@AfterEach
	void close() throws Exception {
		this.stranger.close();
		this.worker.close();
		this.service.close();
		this.pipes.close();
		this.endpoint.close();
		this.threads.shutdownNow();
		assertThat(this.threads.awaitTermination(10, TimeUnit.SECONDS)).as("no thread waits on").isTrue();
		assertThat(openFiles()).as("what is open of the connection").isEmpty();
	}

	private List<String> openFiles() throws IOException {
		try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
			return links.map(ConnectionLanesTests::target)
				.filter((target) -> target.startsWith(String.valueOf(this.directory)))
				.toList();
		}
	}

	private static boolean never() {
		return false;
	}

	private static String target(Path link) {
		try {
			return Files.readSymbolicLink(link).toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

	private Path memoryFile() {
		return Objects.requireNonNull(this.directory).resolve("m");
	}

	private <T> CompletableFuture<T> aside(java.util.concurrent.Callable<T> action) {
		CompletableFuture<T> future = new CompletableFuture<>();
		this.threads.execute(() -> {
			try {
				future.complete(action.call());
			}
			catch (Throwable ex) {
				future.completeExceptionally(ex);
			}
		});
		return future;
	}

	private static Completed message(long number, int size) {
		byte[] payload = new byte[size];
		new Random(number).nextBytes(payload);
		return new Completed(number, Payload.of(payload));
	}

	private static byte[] bytes(Message message) {
		Payload payload = ((Completed) message).payload();
		return Arrays.copyOfRange(payload.bytes(), payload.start(), payload.start() + payload.length());
	}

	private void requireEcho(int number, int size) throws Exception {
		CompletableFuture<Boolean> echo = aside(() -> {
			this.worker.send(this.worker.receive(MAX_BODY));
			return true;
		});
		Completed message = message(number, size);
		this.service.send(message);
		assertThat(bytes(this.service.receive(MAX_BODY))).as("%d bytes", size).isEqualTo(bytes(message));
		assertThat(echo.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void messagesOfAllSizesComeBackAsTheyWereWithoutMemory() throws Exception {
		for (int size : new int[] { 0, 1, 4_075, 4_076, 4_077, 65_520, 65_521, 1_048_577, 20_000_000 }) {
			requireEcho(size, size);
		}
		assertThat(memoryFile()).doesNotExist();
	}

	@Test
	void messagesOfAllSizesComeBackAsTheyWereWithMemory() throws Exception {
		this.service.offerMemory(this::memoryFile);
		requireEcho(1, 1000);
		assertThat(memoryFile()).as("not before there is a long message").doesNotExist();
		requireEcho(2, 10_000);
		assertThat(memoryFile()).as("once both have it").doesNotExist();
		int ring = SharedFile.RING_BYTES;
		for (int size : new int[] { 0, 4_077, 65_520, 65_521, ring - 21, ring - 20, ring - 19, ring, ring + 1,
				20_000_000 }) {
			requireEcho(size, size);
		}
	}

	@Test
	void longAnswerHasMemoryOfferedToo() throws Exception {
		this.service.offerMemory(this::memoryFile);
		this.worker.send(message(1, 100_000));
		this.service.receive(MAX_BODY);
		this.service.send(new Cancel(1));
		assertThat(memoryFile()).exists();
		assertThat(this.worker.receive(MAX_BODY)).isEqualTo(new Cancel(1));
		this.worker.send(message(2, 100_000));
		assertThat(bytes(this.service.receive(MAX_BODY))).hasSize(100_000);
		assertThat(memoryFile()).doesNotExist();
	}

	@Test
	void memoryThatCannotBeMadeIsDoneWithout() throws Exception {
		this.service.offerMemory(() -> memoryFile().resolve("nowhere"));
		requireEcho(1, 100_000);
		requireEcho(2, 2_000_000);
	}

	@Test
	void orderIsKeptWhateverLaneMessagesTake() throws Exception {
		this.service.offerMemory(this::memoryFile);
		requireEcho(0, 10_000);
		Random random = new Random(4711);
		int[] sizes = random.ints(600, 0, 5).map((kind) -> switch (kind) {
			case 0, 1 -> random.nextInt(4_000);
			case 2 -> 4_000 + random.nextInt(200);
			case 3 -> random.nextInt(100_000);
			default -> random.nextInt(3_000_000);
		}).toArray();
		CompletableFuture<Boolean> sent = aside(() -> {
			for (int i = 0; i < sizes.length; i++) {
				this.worker.send(message(i, sizes[i]));
			}
			return true;
		});
		for (int i = 0; i < sizes.length; i++) {
			Completed message = (Completed) this.service.receive(MAX_BODY);
			assertThat(message.task()).isEqualTo(i);
			assertThat(bytes(message)).isEqualTo(bytes(message(i, sizes[i])));
		}
		assertThat(sent.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void interruptsOfBothSidesLoseNothing() throws Exception {
		this.service.offerMemory(this::memoryFile);
		requireEcho(0, 10_000);
		AtomicBoolean done = new AtomicBoolean();
		Thread receiver = Thread.currentThread();
		Thread sender = new Thread(() -> {
			for (int i = 0; i < 1500; i++) {
				sendQuietly(message(i, i * 50));
			}
		}, "test-sender");
		Thread interrupter = new Thread(() -> {
			while (!done.get()) {
				sender.interrupt();
				receiver.interrupt();
				Thread.onSpinWait();
			}
		}, "test-interrupter");
		sender.start();
		interrupter.start();
		for (int i = 0; i < 1500; i++) {
			Message message = (i % 2 == 0) ? this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never)
					: null;
			while (message == null) {
				message = this.service.receive(MAX_BODY);
			}
			assertThat(((Completed) message).task()).isEqualTo(i);
			assertThat(bytes(message)).isEqualTo(bytes(message(i, i * 50)));
		}
		done.set(true);
		while (interrupter.isAlive()) {
			Thread.interrupted();
			Thread.onSpinWait();
		}
		Thread.interrupted();
	}

	private void sendQuietly(Message message) {
		try {
			this.worker.send(message);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void interruptEndsTheWaitOfWhoMindsItAndStaysSet() throws Exception {
		for (int i = 0; i < 200; i++) {
			CompletableFuture<Thread> waiting = new CompletableFuture<>();
			CompletableFuture<Boolean> received = aside(() -> {
				waiting.complete(Thread.currentThread());
				Message message = this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never);
				return message == null && Thread.interrupted();
			});
			waiting.get(10, TimeUnit.SECONDS).interrupt();
			assertThat(received.get(10, TimeUnit.SECONDS)).isTrue();
		}
		this.worker.send(new Cancel(1));
		assertThat(this.service.receive(MAX_BODY)).isEqualTo(new Cancel(1));
	}

	@Test
	void whoeverHasEnoughIsWoken() throws Exception {
		for (int i = 0; i < 500; i++) {
			AtomicBoolean enough = new AtomicBoolean();
			CompletableFuture<Thread> waiting = new CompletableFuture<>();
			CompletableFuture<Boolean> received = aside(() -> {
				waiting.complete(Thread.currentThread());
				return this.service.receiveUnlessWoken(MAX_BODY, enough::get) == null;
			});
			if (i % 2 == 0) {
				awaitInPipe(waiting.get(10, TimeUnit.SECONDS));
			}
			enough.set(true);
			this.service.wakeReceiver();
			assertThat(received.get(10, TimeUnit.SECONDS)).isTrue();
		}
		requireEcho(1, 10);
	}

	private static void awaitInPipe(Thread thread) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(1))
			.until(() -> Arrays.stream(thread.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().equals(PipeLane.class.getName())
						&& frame.getMethodName().equals("readSome")));
	}

	@Test
	void closeEndsAWaitWhoseNudgeWasTaken() throws Exception {
		CompletableFuture<Integer> taken = aside(() -> this.stranger.read(new byte[16]));
		CompletableFuture<Boolean> received = aside(
				() -> this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never) == null);
		Awaitility.await().until(() -> {
			this.service.wakeReceiver();
			return taken.isDone();
		});
		assertThat(received).isNotDone();
		this.service.close();
		assertThat(received.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void senderToAWorkerThatReadsNothingEndsWithTheConnection() throws Exception {
		CompletableFuture<Boolean> sent = aside(() -> {
			for (int i = 0; i < 10_000; i++) {
				this.service.send(new Cancel(i));
			}
			return true;
		});
		for (int i = 0; i < 5_000; i++) {
			assertThat(this.worker.receive(MAX_BODY)).isEqualTo(new Cancel(i));
		}
		assertThat(sent).isNotDone();
		this.service.close();
		assertThat(catchThrowable(() -> sent.get(10, TimeUnit.SECONDS))).hasCauseInstanceOf(IOException.class);
	}

	@Test
	void wakingLosesNoMessage() throws Exception {
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture<Boolean> waking = aside(() -> {
			while (!done.get()) {
				this.service.wakeReceiver();
			}
			return true;
		});
		CompletableFuture<Boolean> sending = aside(() -> {
			for (int i = 0; i < 20_000; i++) {
				this.worker.send(new Cancel(i));
			}
			return true;
		});
		for (int i = 0; i < 20_000; i++) {
			assertThat(this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never)).isEqualTo(new Cancel(i));
		}
		done.set(true);
		assertThat(waking.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(sending.get(10, TimeUnit.SECONDS)).isTrue();
	}

	// Fills the pipe of the answers, whose writer then waits.
	private CompletableFuture<Boolean> flood() throws Exception {
		AtomicInteger sent = new AtomicInteger();
		CompletableFuture<Boolean> flood = aside(() -> {
			for (int i = 0; i < 50_000; i++) {
				this.worker.send(new Cancel(i));
				sent.set(i);
			}
			return true;
		});
		AtomicInteger last = new AtomicInteger();
		Awaitility.await().during(Duration.ofMillis(100)).until(() -> {
			int now = sent.get();
			return last.getAndSet(now) == now && now > 1000;
		});
		return flood;
	}

	@Test
	void whoeverIsInterruptedDoesNotWaitInAPipeThatIsFull() throws Exception {
		CompletableFuture<Boolean> flood = flood();
		Thread.currentThread().interrupt();
		assertThat(this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never)).isNull();
		assertThat(Thread.interrupted()).isTrue();
		this.service.wakeReceiver();
		for (int i = 0; i < 50_000; i++) {
			assertThat(this.service.receive(MAX_BODY)).isEqualTo(new Cancel(i));
		}
		assertThat(flood.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void wakesAndInterruptsWhileAPipeIsFullHoldNobodyUp() throws Exception {
		CompletableFuture<Boolean> flood = flood();
		AtomicBoolean done = new AtomicBoolean();
		Thread receiver = Thread.currentThread();
		CompletableFuture<Boolean> interrupting = aside(() -> {
			while (!done.get()) {
				receiver.interrupt();
				this.service.wakeReceiver();
			}
			return true;
		});
		for (int i = 0; i < 50_000; i++) {
			Message message = this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never);
			while (message == null) {
				Thread.interrupted();
				message = this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never);
			}
			assertThat(message).isEqualTo(new Cancel(i));
		}
		done.set(true);
		while (!interrupting.isDone()) {
			Thread.interrupted();
			Thread.onSpinWait();
		}
		Thread.interrupted();
		assertThat(flood.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void messageOfWhichSomeHasComeIsGoneOnWithByAnotherThread() throws Exception {
		this.service.offerMemory(this::memoryFile);
		requireEcho(0, 10_000);
		AtomicBoolean enough = new AtomicBoolean();
		CompletableFuture<Boolean> first = aside(() -> this.service.receiveUnlessWoken(20, enough::get) == null);
		this.worker.send(new ByMemory(0));
		assertThat(first).isNotDone();
		enough.set(true);
		this.service.wakeReceiver();
		assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Message> second = aside(() -> this.service.receive(MAX_BODY));
		this.worker.send(message(1, 3_000_000));
		// It is announced twice, and read where it was announced first.
		assertThat(bytes(second.get(10, TimeUnit.SECONDS))).isEqualTo(bytes(message(1, 3_000_000)));
	}

	@Test
	void closeEndsTheWaitOfEachReceiver() throws Exception {
		CompletableFuture<Thread> waiting = new CompletableFuture<>();
		CompletableFuture<Message> received = aside(() -> {
			waiting.complete(Thread.currentThread());
			return this.service.receive(MAX_BODY);
		});
		awaitInPipe(waiting.get(10, TimeUnit.SECONDS));
		this.service.close();
		assertThat(catchThrowable(() -> received.get(10, TimeUnit.SECONDS))).hasCauseInstanceOf(IOException.class);
		assertThat(this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never)).isNull();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.service.receive(MAX_BODY));
		assertThatExceptionOfType(UnsentException.class).isThrownBy(() -> this.service.send(new Cancel(1)));
	}

	@Test
	void closeEndsTheWaitForMoreInMemory() throws Exception {
		this.service.offerMemory(this::memoryFile);
		requireEcho(0, 10_000);
		CompletableFuture<Message> received = aside(() -> this.service.receive(MAX_BODY));
		this.worker.send(new ByMemory(0));
		CompletableFuture<Boolean> sent = aside(() -> {
			this.service.send(message(1, 5_000_000));
			return true;
		});
		Awaitility.await().until(() -> !received.isDone() && !sent.isDone());
		this.service.close();
		assertThat(catchThrowable(() -> received.get(10, TimeUnit.SECONDS))).hasCauseInstanceOf(IOException.class);
		assertThat(catchThrowable(() -> sent.get(10, TimeUnit.SECONDS))).hasCauseInstanceOf(IOException.class);
	}

	@Test
	void workerSeesTheEndOfItsService() throws Exception {
		CompletableFuture<Message> received = aside(() -> this.worker.receive(MAX_BODY));
		this.service.close();
		assertThat(catchThrowable(() -> received.get(10, TimeUnit.SECONDS))).hasCauseInstanceOf(EOFException.class);
	}

	@Test
	void serviceIsToldThatNothingWasSentToAWorkerThatIsGone() {
		this.worker.close();
		assertThatExceptionOfType(UnsentException.class).isThrownBy(() -> this.service.send(new Cancel(1)));
		assertThatExceptionOfType(UnsentException.class).isThrownBy(() -> this.service.send(message(1, 100_000)));
	}

	@Test
	void whatAWorkerMustNotSayStaysWrong() throws Exception {
		this.worker.send(new Share(memoryFile().toString()));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.service.receive(MAX_BODY));
		this.worker.send(new Cancel(1));
		assertThat(this.service.receiveUnlessWoken(MAX_BODY, ConnectionLanesTests::never)).isNull();
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.service.receive(MAX_BODY));
	}

	@Test
	void answerToNoOfferIsWrong() throws Exception {
		this.worker.send(new Shared(true));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.service.receive(MAX_BODY));
	}

	@Test
	void memoryThatIsNotThereIsWrong() throws Exception {
		this.worker.send(new ByMemory(0));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.service.receive(MAX_BODY));
	}

	@Test
	void placeOutsideOfTheMemoryIsWrong() throws Exception {
		this.service.offerMemory(this::memoryFile);
		requireEcho(0, 10_000);
		this.worker.send(new ByMemory(SharedFile.RING_BYTES));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.service.receive(MAX_BODY));
	}

}
