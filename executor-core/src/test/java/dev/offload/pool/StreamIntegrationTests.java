package dev.offload.pool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorOverloadException;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.RejectionReason;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for arguments and results that travel by reference: they arrive, and whatever
 * goes wrong no file of them is left.
 */
class StreamIntegrationTests extends AbstractPool {

	private static final int MEGABYTE = 1024 * 1024;

	private Path started() {
		return Objects.requireNonNull(this.directory).resolve("started");
	}

	private Path spoolDirectory() throws IOException {
		return Files.createDirectories(Objects.requireNonNull(this.directory).resolve("spool"));
	}

	private OffloadExecutor createHere() throws IOException {
		return create(spec().maxSpoolBytes(64L * MEGABYTE).spoolDirectory(spoolDirectory().toString()));
	}

	private List<Path> files() throws IOException {
		List<Path> files = new ArrayList<>();
		// those who have them remove them meanwhile
		Files.walkFileTree(spoolDirectory(), new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (!file.endsWith(".lock")) {
					files.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
				if (failure instanceof NoSuchFileException) {
					return FileVisitResult.CONTINUE;
				}
				throw failure;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
				return FileVisitResult.CONTINUE;
			}
		});
		return files;
	}

	private void awaitNoFiles() {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(files()).isEmpty());
	}

	private long awaitStarted() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> Files.exists(started()) && !Files.readString(started()).isEmpty());
		try {
			return Long.parseLong(Files.readString(started()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable Object call(OffloadExecutor executor, Invocation invocation) throws Throwable {
		return executor.call(invocation, TaskOptions.DEFAULTS);
	}

	private static TaskHandle<?> submit(OffloadExecutor executor, Invocation invocation) {
		return executor.submit(invocation, TaskOptions.DEFAULTS);
	}

	private static InputStream stream(@Nullable Object value) {
		return Objects.requireNonNull((InputStream) value);
	}

	@Test
	void whatTravelsByReferenceArrivesAndItsFilesGo() throws Throwable {
		OffloadExecutor executor = createHere();
		byte[] content = Streams.numbers(300_000).readAllBytes();
		ByteArrayInputStream given = new ByteArrayInputStream(content);
		assertThat(call(executor, Streams.call("checksum", "a", given, List.of("b"))))
			.isEqualTo(Streams.checksum("a", new ByteArrayInputStream(content), List.of("b")));
		assertThat(call(executor, Streams.call("checksum", null, InputStream.nullInputStream(), List.of())))
			.isEqualTo("null0:0[]");
		assertThat(files()).isEmpty();
		try (InputStream numbers = stream(call(executor, Streams.call("numbers", 300_000)))) {
			assertThat(files()).hasSize(1);
			assertThat(numbers.readAllBytes()).isEqualTo(content);
		}
		try (InputStream echo = stream(call(executor, Streams.call("echo", new ByteArrayInputStream(content))))) {
			assertThat(echo).hasBinaryContent(content);
		}
		assertThat(call(executor, Streams.call("echo", (Object) null))).isNull();
		assertThat(call(executor, Streams.call("maybe", false))).isEqualTo(Optional.empty());
		Optional<?> some = (Optional<?>) call(executor, Streams.call("maybe", true));
		try (InputStream one = stream(some.orElseThrow())) {
			assertThat(one).hasContent("0\n");
		}
		try (InputStream fromTask = executor.call(() -> Streams.numbers(1))) {
			assertThat(fromTask).hasContent("0\n");
		}
		assertThat(call(executor, Streams.call("neighbour", Path.of("a b/ü"), Path.of("/x"))))
			.isEqualTo(Path.of("a b/ü.x"));
		assertThat(files()).isEmpty();
	}

	@Test
	void filesAreForTheOwnerOnlyAndGoWithAWorkerThatIsKilledWhileItReads() throws Exception {
		OffloadExecutor executor = createHere();
		TaskHandle<?> reading = submit(executor,
				Streams.call("readForEver", started().toString(), Streams.zeros(MEGABYTE, null)));
		long pid = awaitStarted();
		assertThat(files()).singleElement().satisfies((file) -> {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
				.isEqualTo("rwx------");
			assertThat(file).hasSize(MEGABYTE);
		});
		kill(pid);
		assertThat(reading.future()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(WorkerCrashException.class);
		awaitNoFiles();
		executor.close();
		assertThat(spoolDirectory()).isEmptyDirectory();
	}

	@Test
	void fileOfAResultGoesWithAWorkerThatIsKilledWhileItWrites() throws Exception {
		OffloadExecutor executor = createHere();
		TaskHandle<?> writing = submit(executor, Streams.call("endless", started().toString()));
		long pid = awaitStarted();
		assertThat(files()).hasSize(1);
		kill(pid);
		assertThat(writing.future()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(WorkerCrashException.class);
		awaitNoFiles();
	}

	@Test
	void cancelAndLimitEndTheCopyOfAResultAndItsWorkerLives() throws Exception {
		OffloadExecutor executor = createHere();
		TaskHandle<?> cancelled = submit(executor, Streams.call("endless", started().toString()));
		long pid = awaitStarted();
		assertThat(cancelled.cancel()).isTrue();
		awaitNoFiles();
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> executor
			.call(Streams.call("endless", "/dev/null"), TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(100))));
		assertThat(pidOf(executor)).isEqualTo(pid);
		assertThat(files()).isEmpty();
	}

	@Test
	void streamThatFailsInTheMiddleIsNamedAndLeavesNothing() throws Exception {
		OffloadExecutor executor = createHere();
		long pid = pidOf(executor);
		IOException broken = new IOException("the client is gone");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(
					() -> submit(executor, Streams.call("checksum", "", Streams.zeros(MEGABYTE, broken), List.of())))
			.withMessageContaining("The call of Streams.checksum cannot be sent to a worker of executor 'pool': ")
			.withMessageContaining("argument 2 (content)")
			.withMessageContaining("after " + MEGABYTE + " bytes: java.io.IOException: the client is gone")
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo("argument 2 (content)"))
			.havingRootCause()
			.isSameAs(broken);
		assertThat(executor.snapshot().pending()).isZero();
		assertThat(executor.snapshot().rejected()).containsEntry(RejectionReason.PAYLOAD, 1L);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> call(executor, Streams.call("brokenAfter", 1000L)))
			.withMessageContaining("The result cannot be sent back")
			.withMessageContaining("after 1000 bytes: java.io.IOException: the source is gone")
			.satisfies((ex) -> assertThat(ex.direction()).isEqualTo(PayloadException.Direction.FROM_WORKER));
		assertThat(pidOf(executor)).isEqualTo(pid);
		assertThat(files()).isEmpty();
	}

	@Test
	void callerThatIsInterruptedWhileItsStreamIsCopiedIsCancelled() throws Exception {
		OffloadExecutor executor = createHere();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class)
			.isThrownBy(() -> call(executor, Streams.call("checksum", "", Streams.zeros(MEGABYTE, null), List.of())));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(executor.snapshot().pending()).isZero();
		assertThat(files()).isEmpty();
	}

	@Test
	void bytesOverTheLimitAreRefusedWithLiveNumbers() throws Throwable {
		OffloadExecutor executor = createHere();
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(
					() -> call(executor, Streams.call("checksum", "", Streams.zeros(65L * MEGABYTE, null), List.of())))
			.withMessageContaining("it has more bytes than max-spool-bytes, which is 67108864")
			.withMessageContaining("offload.executors.pool.max-spool-bytes");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> executor.call(() -> Streams.zeros(65L * MEGABYTE, null)))
			.withMessageContaining("it has more bytes than max-spool-bytes, which is 67108864");
		try (InputStream held = stream(executor.call(() -> Streams.zeros(40L * MEGABYTE, null)))) {
			assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(
					() -> call(executor, Streams.call("checksum", "", Streams.zeros(30L * MEGABYTE, null), List.of())))
				.withMessageContaining("its files hold 67108864 bytes")
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(RejectionReason.MAX_SPOOL_BYTES));
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> executor.call(() -> Streams.zeros(30L * MEGABYTE, null)))
				.withMessageContaining("the files of the executor hold 41943040 bytes");
			assertThat(held.read()).isZero();
			assertThat(files()).hasSize(1);
		}
		assertThat(files()).isEmpty();
	}

	@Test
	void resultThatNobodyClosesOrTakesIsRemoved() throws Throwable {
		OffloadExecutor executor = createHere();
		InputStream taken = stream(call(executor, Streams.call("numbers", 1000)));
		try {
			assertThat(taken.read()).isEqualTo('0');
			assertThat(files()).hasSize(1);
		}
		finally {
			Reference.reachabilityFence(taken);
		}
		taken = null;
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			System.gc();
			assertThat(files()).isEmpty();
		});
	}

	@Test
	void spoolDirectoryIsSweptAndOneThatIsMissingIsTold() throws Throwable {
		Process gone = new ProcessBuilder("true").start();
		assertThat(gone.waitFor()).isZero();
		Path left = Files.createTempDirectory(spoolDirectory(), "offload-" + gone.pid() + "-1-");
		Files.createFile(left.resolve("0123456789abcdef0123456789abcdef"));
		OffloadExecutor executor = createHere();
		call(executor, Streams.call("checksum", "", InputStream.nullInputStream(), List.of()));
		assertThat(left).doesNotExist();
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> call(create(spec().spoolDirectory("/no/such/place")),
					Streams.call("checksum", "", InputStream.nullInputStream(), List.of())))
			.withMessageContaining("/no/such/place")
			.withMessageContaining("offload.executors.pool.spool-directory");
	}

	@Test
	void streamInsideOfAnObjectIsRefusedAndSaysWhereItMayBe() throws IOException {
		OffloadExecutor executor = createHere();
		Parcel parcel = new Parcel("x", Streams.numbers(1));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(() -> parcel.name()))
			.withMessageContaining(".content is a java.io.ByteArrayInputStream")
			.withMessageContaining("travels only by itself");
		ByteArrayInputStream twice = new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> call(executor, Streams.call("readTwo", twice, twice)))
			.withMessageContaining("argument 2 (second)")
			.withMessageContaining("the same stream as argument 1 (first)");
		assertThat(files()).isEmpty();
	}

	/**
	 * Holds what cannot travel so.
	 *
	 * @param name travels
	 * @param content does not
	 */
	record Parcel(String name, @Nullable InputStream content) implements Serializable {

	}

}
