package dev.offload.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.Task;
import dev.offload.TaskContext;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskStream;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerSpec;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What comes of tasks whose results are streams. One executor serves all tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StreamContract {

	@TempDir
	@Nullable Path directory;

	private @Nullable OffloadExecutor made;

	/**
	 * The factory of the type.
	 * @return the factory
	 */
	protected abstract ExecutorFactory factory();

	@BeforeAll
	void create() {
		ExecutorSpec.Builder spec = ExecutorSpec.builder("streams").type(factory().type()).maxWorkers(1);
		if (factory().type().equals(ExecutorSpec.PROCESS)) {
			spec.worker(WorkerSpec.builder().heapBytes(16L * 1024 * 1024).build());
		}
		settings(spec);
		this.made = factory().create(spec.build());
	}

	/**
	 * Sets what is special about the executor.
	 * @param spec the settings to change
	 */
	protected void settings(ExecutorSpec.Builder spec) {
	}

	@AfterAll
	void close() {
		executor().closeNow();
	}

	protected final OffloadExecutor executor() {
		return Objects.requireNonNull(this.made);
	}

	/** Inline tasks make their items when these are wanted. */
	protected final boolean isInline() {
		return executor().spec().type().equals(ExecutorSpec.INLINE);
	}

	protected final Path file(String name) {
		return Objects.requireNonNull(this.directory).resolve(name);
	}

	protected static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5)).until(condition);
	}

	// The slot is free again, whatever became of what ran there.
	protected final void assertSlotIsFree() throws Exception {
		assertThat(executor().submit(() -> "next").future().get(30, TimeUnit.SECONDS)).isEqualTo("next");
		await(() -> executor().snapshot().pending() == 0);
	}

	@Test
	void itemsOfALambdaComeInTheirOrderAndNullsToo() throws Exception {
		try (TaskStream<@Nullable String> stream = executor().stream(() -> Stream.of("a", null, "", "ü"))) {
			assertThat(stream.items()).containsExactly("a", null, "", "ü");
			stream.handle().future().get(10, TimeUnit.SECONDS);
			assertThat(stream.handle().status()).isEqualTo(TaskStatus.SUCCEEDED);
			assertThatIllegalStateException().isThrownBy(stream::items).withMessageContaining("once only");
		}
		try (TaskStream<Object> none = executor().stream(Stream::empty)) {
			assertThat(none.items()).isEmpty();
		}
	}

	@Test
	void itemsOfACallAreOfItsDeclaredTypeWhateverTheirSize() throws Exception {
		for (int bytes : new int[] { 1, 9000, 300_000 }) {
			Invocation call = Invocation.onType(Report.class, Report.class.getMethod("rows", int.class, int.class), 20,
					bytes);
			try (TaskStream<?> stream = executor().stream(call, TaskOptions.DEFAULTS)) {
				List<Row> rows = stream.items().map(Row.class::cast).toList();
				assertThat(rows).extracting(Row::number)
					.containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
				assertThat(rows).allMatch((row) -> row.bytes().length == bytes);
			}
		}
		try (TaskStream<byte[]> arrays = executor()
			.stream(() -> IntStream.range(0, 20).mapToObj((i) -> new byte[100_000 + i]))) {
			assertThat(arrays.items().mapToInt((array) -> array.length - 100_000))
				.containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
		}
	}

	@Test
	void itemComesBeforeTheNextIsMade() throws Exception {
		Gate gate = new Gate(file("gates"), "second");
		try (TaskStream<Integer> stream = executor().stream(() -> Stream.iterate(1, (i) -> i + 1).limit(4).peek((i) -> {
			try {
				if (i == 3) {
					gate.pass();
				}
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}))) {
			Iterator<Integer> items = stream.items().iterator();
			// the second follows too quickly to have a frame of its own
			assertThat(items.next()).isEqualTo(1);
			assertThat(items.next()).isEqualTo(2);
			if (!isInline()) {
				assertThat(stream.handle().status()).isEqualTo(TaskStatus.RUNNING);
			}
			gate.letPass();
			assertThat(items.next()).isEqualTo(3);
			assertThat(items.next()).isEqualTo(4);
			assertThat(items.hasNext()).isFalse();
		}
	}

	@Test
	void failureInTheMiddleComesAfterTheItemsBefore() throws Exception {
		try (TaskStream<Integer> stream = executor()
			.stream(() -> IntStream.range(0, 10).map((i) -> (i < 5) ? i : 1 / (5 - i)).boxed())) {
			Iterator<Integer> items = stream.items().iterator();
			for (int i = 0; i < 5; i++) {
				assertThat(items.next()).isEqualTo(i);
			}
			assertThatExceptionOfType(ArithmeticException.class).isThrownBy(items::hasNext);
		}
		try (TaskStream<Integer> stream = executor().stream(() -> {
			throw new IOException("no report");
		})) {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> stream.items().toList())
				.withCauseInstanceOf(IOException.class)
				.withMessageContaining("no report");
		}
		assertSlotIsFree();
	}

	@Test
	void checkedExceptionInTheMiddleIsACauseForReadersAndItselfForSubscribers() throws Exception {
		Task<Stream<Integer>> task = () -> Stream.of(1, 2).map((i) -> {
			if (i == 2) {
				// As in languages that do not check.
				StreamContract.<RuntimeException>sneak(new IOException("no more"));
			}
			return i;
		});
		try (TaskStream<Integer> stream = executor().stream(task)) {
			Iterator<Integer> items = stream.items().iterator();
			assertThat(items.next()).isEqualTo(1);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(items::hasNext)
				.withCauseInstanceOf(IOException.class);
		}
		Collecting failing = new Collecting(Long.MAX_VALUE);
		executor().stream(task).publisher().subscribe(failing);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> failing.done.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(IOException.class);
		assertThat(failing.count).hasValue(1);
		assertSlotIsFree();
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> void sneak(Throwable failure) throws X {
		throw (X) failure;
	}

	@Test
	void wrappedMethodThatReturnsAStreamGivesItsItemsOneByOne() throws Exception {
		Counting counting = executor().wrapType(Counting.class, Counter.class);
		try (Stream<Integer> numbers = counting.from(7)) {
			assertThat(numbers.limit(3)).containsExactly(7, 8, 9);
		}
		try (Stream<Integer> numbers = counting.from(-1)) {
			assertThatIllegalArgumentException().isThrownBy(numbers::findFirst).withMessage("from -1");
		}
		assertSlotIsFree();
	}

	@Test
	@SuppressWarnings({ "unchecked", "rawtypes", "NullAway" })
	void resultThatIsNoStreamIsNamedAndNullIsEmpty() {
		Task task = () -> "text";
		try (TaskStream<?> stream = executor().stream(task)) {
			assertThatIllegalStateException().isThrownBy(() -> stream.items().toList())
				.withMessageContaining("java.util.stream.Stream, but is a java.lang.String");
		}
		Task nothing = () -> null;
		try (TaskStream<?> stream = executor().stream(nothing)) {
			assertThat(stream.items()).isEmpty();
		}
	}

	@Test
	void streamThatWasReadBeforeFails() {
		try (TaskStream<Integer> stream = executor().stream(() -> {
			Stream<Integer> read = Stream.of(1);
			assertThat(read.count()).isOne();
			return read;
		})) {
			CompletableFuture<List<Integer>> taken = CompletableFuture.supplyAsync(() -> stream.items().toList());
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> taken.get(10, TimeUnit.SECONDS))
				.withCauseInstanceOf(IllegalStateException.class);
		}
	}

	@Test
	void itemsAreReadFromAnArgument() throws Exception {
		Invocation call = Invocation.onType(Report.class, Report.class.getMethod("bytes", InputStream.class),
				new ByteArrayInputStream(new byte[] { 1, 2, 3 }));
		try (TaskStream<?> stream = executor().stream(call, TaskOptions.DEFAULTS)) {
			assertThat(stream.items().map(Object::toString)).containsExactly("1", "2", "3");
		}
		assertSlotIsFree();
	}

	@Test
	void itemsAreReadFromAnArgumentThatIsOpenedWithTheFirst() throws Exception {
		Invocation call = Invocation.onType(Report.class, Report.class.getMethod("late", LateContent.class),
				LateContent.of(new byte[] { 1, 2, 3 }));
		try (TaskStream<?> stream = executor().stream(call, TaskOptions.DEFAULTS)) {
			stream.handle().future().get(10, TimeUnit.SECONDS);
			await(() -> executor().snapshot().pending() == 0);
			assertThat(stream.items().map(Object::toString)).containsExactly("1", "2", "3");
		}
		assertSlotIsFree();
	}

	@Test
	void subscriberHearsNothingBeforeItsSubscriptionIsMade() throws Exception {
		List<String> heard = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> done = new CompletableFuture<>();
		TaskStream<Integer> stream = executor().stream(() -> Stream.of(1, 2));
		stream.publisher().subscribe(new Collecting(Long.MAX_VALUE) {
			@Override
			public void onSubscribe(Flow.Subscription given) {
				super.onSubscribe(given);
				// Time for what must not come.
				assertThatExceptionOfType(TimeoutException.class)
					.isThrownBy(() -> done.get(100, TimeUnit.MILLISECONDS));
				heard.add("subscribed");
			}

			@Override
			public void onNext(Integer item) {
				heard.add("item " + item);
			}

			@Override
			public void onComplete() {
				heard.add("end");
				done.complete(null);
			}
		});
		done.get(10, TimeUnit.SECONDS);
		assertThat(heard).containsExactly("subscribed", "item 1", "item 2", "end");
	}

	@Test
	void subscriberThatFailsToSubscribeLeavesNothing() throws Exception {
		TaskStream<Integer> stream = executor().stream(() -> Stream.iterate(0, (i) -> i + 1));
		Flow.Publisher<Integer> publisher = stream.publisher();
		assertThatNullPointerException().isThrownBy(() -> publisher.subscribe(null));
		assertThatIllegalStateException().isThrownBy(() -> publisher.subscribe(new Collecting(1) {
			@Override
			public void onSubscribe(Flow.Subscription given) {
				throw new IllegalStateException("no subscriber");
			}
		})).withMessage("no subscriber");
		assertThat(stream.handle().future()).isDone();
		assertSlotIsFree();
	}

	@Test
	void closeEndsATaskThatWouldNotEnd() throws Exception {
		String closed = file("closed-" + System.nanoTime()).toString();
		// Other tests may have had workers killed.
		long before = executor().snapshot().workersStarted();
		try (TaskStream<String> stream = executor().stream(() -> Stream.generate(() -> "x".repeat(1000)).onClose(() -> {
			try {
				Files.createFile(Path.of(closed));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}))) {
			assertThat(stream.items().limit(1000)).hasSize(1000);
		}
		await(() -> Files.exists(Path.of(closed)));
		assertSlotIsFree();
		assertThat(executor().snapshot().workersStarted()).isLessThanOrEqualTo(Math.max(1, before));
	}

	@Test
	void subscriberGetsAsManyAsItAsksFor() throws Exception {
		Collecting all = new Collecting(Long.MAX_VALUE);
		executor().stream(() -> IntStream.range(0, 50_000).boxed()).publisher().subscribe(all);
		assertThat(all.done.get(20, TimeUnit.SECONDS)).isEqualTo(50_000);
		Collecting some = new Collecting(10);
		TaskStream<Integer> stream = executor().stream(() -> Stream.iterate(0, (i) -> i + 1));
		stream.publisher().subscribe(some);
		await(() -> some.count.get() == 10);
		Collecting second = new Collecting(1);
		stream.publisher().subscribe(second);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> second.done.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(IllegalStateException.class);
		Objects.requireNonNull(some.subscription).request(5);
		await(() -> some.count.get() == 15);
		Objects.requireNonNull(some.subscription).cancel();
		assertSlotIsFree();
		assertThat(some.count).hasValue(15);
		Collecting failing = new Collecting(Long.MAX_VALUE);
		executor().stream(() -> Stream.of(1, 0).map((i) -> 1 / i)).publisher().subscribe(failing);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> failing.done.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(ArithmeticException.class);
		assertThat(failing.count).hasValue(1);
	}

	@Test
	void subscriberIsForgottenOnceItsStreamHasEnded() {
		List<WeakReference<Collecting>> subscribers = List.of(ended(() -> Stream.of(1, 2)),
				ended(() -> Stream.of(1, 0).map((i) -> 1 / i)));
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5)).until(() -> {
			System.gc();
			return subscribers.stream().allMatch((subscriber) -> subscriber.refersTo(null));
		});
	}

	private WeakReference<Collecting> ended(Task<Stream<Integer>> task) {
		Collecting subscriber = new Collecting(Long.MAX_VALUE);
		executor().stream(task).publisher().subscribe(subscriber);
		await(subscriber.done::isDone);
		return new WeakReference<>(subscriber);
	}

	@Test
	void subscriberHearsThatItsStreamWasClosed() {
		Collecting subscriber = new Collecting(10);
		TaskStream<Integer> stream = executor().stream(() -> Stream.iterate(0, (i) -> i + 1));
		stream.publisher().subscribe(subscriber);
		await(() -> subscriber.count.get() == 10);
		stream.close();
		assertThatExceptionOfType(CancellationException.class)
			.isThrownBy(() -> subscriber.done.get(10, TimeUnit.SECONDS));
		assertThat(subscriber.count).hasValue(10);
	}

	@Test
	void slowConsumerHoldsUpItsTaskOnly() throws Exception {
		if (isInline()) {
			return;
		}
		TaskStream<String> stream = executor().stream(() -> IntStream.range(0, 5000).mapToObj((i) -> {
			TaskContext.current().progress(i, 5000);
			return "x".repeat(1000);
		}));
		await(() -> made(stream) > 0);
		// it makes what there is room for, and then waits: a worker says it ten times a
		// second
		AtomicLong heard = new AtomicLong();
		Awaitility.await()
			.during(Duration.ofMillis(300))
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> {
				long now = made(stream);
				return heard.getAndSet(now) == now;
			});
		assertThat(heard).hasValueLessThan(2000);
		assertThat(stream.items()).hasSize(5000);
	}

	private static long made(TaskStream<?> stream) {
		return stream.handle().progress().map((progress) -> progress.done()).orElse(0L);
	}

	@Test
	void interruptOfItsConsumerCancelsTheTask() throws Exception {
		if (isInline()) {
			return;
		}
		Gate gate = new Gate(file("gates"), "interrupted");
		TaskStream<Long> stream = executor().stream(() -> Stream.of(gate.pass()));
		gate.awaitEntered();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> stream.items().toList());
		assertThat(Thread.interrupted()).isTrue();
		assertThat(stream.handle().status()).isEqualTo(TaskStatus.CANCELLED);
		assertSlotIsFree();
	}

	@Test
	void timeoutIsOfTheWholeStream() throws Exception {
		if (isInline()) {
			return;
		}
		TaskOptions options = TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(200));
		try (TaskStream<Integer> stream = executor().stream(() -> Stream.iterate(0, (i) -> i + 1), options)) {
			assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> stream.items().forEach((i) -> {
			}));
		}
		assertSlotIsFree();
	}

	@Test
	void streamThatIsDroppedIsCancelled() throws Exception {
		if (isInline()) {
			return;
		}
		dropped();
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20)).until(() -> {
			System.gc();
			return executor().snapshot().pending() == 0;
		});
		assertSlotIsFree();
	}

	private void dropped() {
		assertThat(executor().stream(() -> Stream.iterate(0, (i) -> i + 1)).items().iterator().next()).isZero();
	}

	/**
	 * What a task makes.
	 *
	 * @param number its number
	 * @param text a text
	 * @param bytes some bytes
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Row(int number, String text, byte[] bytes) implements Serializable {

	}

	/**
	 * A service that makes rows.
	 */
	public static final class Report {

		public Stream<Row> rows(int count, int bytes) {
			return IntStream.range(0, count).mapToObj((i) -> new Row(i, "row " + i, new byte[bytes]));
		}

		public Stream<Integer> late(LateContent content) {
			return Stream.of(content).map((late) -> {
				try {
					return late.open();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).flatMap(this::bytes);
		}

		public Stream<Integer> bytes(InputStream content) {
			return Stream.generate(() -> {
				try {
					return content.read();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).takeWhile((value) -> value >= 0);
		}

	}

	/**
	 * An interface to wrap.
	 */
	public interface Counting {

		Stream<Integer> from(int first);

	}

	/**
	 * Counts, and does not end.
	 */
	public static final class Counter implements Counting {

		@Override
		public Stream<Integer> from(int first) {
			if (first < 0) {
				throw new IllegalArgumentException("from " + first);
			}
			return Stream.iterate(first, (number) -> number + 1);
		}

	}

	/**
	 * Counts what it is told of.
	 */
	static class Collecting implements Flow.Subscriber<Integer> {

		final AtomicInteger count = new AtomicInteger();

		private final CompletableFuture<Integer> done = new CompletableFuture<>();

		private final long wanted;

		volatile Flow.@Nullable Subscription subscription;

		Collecting(long wanted) {
			this.wanted = wanted;
		}

		@Override
		public void onSubscribe(Flow.Subscription given) {
			this.subscription = given;
			given.request(this.wanted);
		}

		@Override
		public void onNext(Integer item) {
			assertThat(item).isNotNull();
			this.count.incrementAndGet();
		}

		@Override
		public void onError(Throwable failure) {
			this.done.completeExceptionally(failure);
		}

		@Override
		public void onComplete() {
			this.done.complete(this.count.get());
		}

	}

}
