package dev.offload.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.Batch;
import dev.offload.BatchException;
import dev.offload.BatchOptions;
import dev.offload.BatchProgress;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.ItemOutcome;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.RejectionReason;
import dev.offload.Task;
import dev.offload.TaskOptions;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What batches must do on every type of executor. One executor serves all tests of a
 * type.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BatchContract {

	private static final int MAX_PENDING = 3;

	@TempDir
	Path directory;

	private final List<OffloadExecutor> executors = new ArrayList<>();

	private OffloadExecutor executor;

	abstract ExecutorFactory factory();

	@BeforeAll
	void create() {
		this.executor = create("batches");
	}

	private OffloadExecutor create(String name) {
		OffloadExecutor made = factory().create(ExecutorSpec.builder(name)
			.type(factory().type())
			.maxWorkers(2)
			.maxPending(MAX_PENDING)
			.timeout(Duration.ofSeconds(60))
			.build());
		this.executors.add(made);
		return made;
	}

	final OffloadExecutor executor() {
		return this.executor;
	}

	@AfterAll
	void closeAll() {
		this.executors.forEach(OffloadExecutor::closeNow);
	}

	private boolean is(String type) {
		return factory().type().equals(type);
	}

	// Not a collection: how many there are only the end tells.
	private static <T> Iterable<T> once(Stream<T> items) {
		Iterator<T> iterator = items.iterator();
		return () -> iterator;
	}

	private static List<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	@Test
	void mapWhenAllSucceedGivesResultsInTheOrderOfItems() {
		List<Integer> items = numbers(1000);
		assertThat(this.executor.map(items, (item) -> item + 1L, BatchOptions.chunksOf(7)).results())
			.isEqualTo(LongStream.rangeClosed(1, 1000).boxed().toList());
		assertThat(this.executor.map(items, String::valueOf).results()).hasSize(1000).startsWith("0").endsWith("999");
	}

	@Test
	void mapWhenThereIsNothingGivesNothing() {
		Batch<Integer> batch = this.executor.map(List.<Integer>of(), (item) -> item);
		assertThat(batch.results()).isEmpty();
		assertThat(batch.completion()).isCompletedWithValue(new BatchProgress(0, 0, 0));
	}

	@Test
	void mapTakesAndGivesNulls() {
		List<String> items = Arrays.asList("a", null, "b");
		assertThat(
				this.executor.map(items, (item) -> "a".equals(item) ? null : item, BatchOptions.chunksOf(3)).results())
			.containsExactly(null, null, "b");
	}

	@Test
	void mapWhenAnItemFailsFailsNoOther() {
		Batch<Integer> batch = this.executor.map(numbers(20), BatchContract::evenOnly, BatchOptions.chunksOf(6));
		List<ItemOutcome<Integer>> outcomes = batch.outcomes();
		assertThat(outcomes).extracting(ItemOutcome::index).isEqualTo(LongStream.range(0, 20).boxed().toList());
		assertThat(outcomes).allSatisfy((outcome) -> {
			if (outcome.index() % 2 == 0) {
				assertThat(outcome.value()).isEqualTo((int) outcome.index());
			}
			else {
				assertThat(outcome.failure()).isInstanceOf(IllegalArgumentException.class)
					.hasMessage("odd: " + outcome.index());
			}
		});
		assertThat(batch.progress()).isEqualTo(new BatchProgress(20, 10, 10));
		assertThatExceptionOfType(BatchException.class).isThrownBy(batch::results)
			.withCauseInstanceOf(IllegalArgumentException.class)
			.withMessageContaining("10 of 20 items")
			.satisfies((ex) -> assertThat(ex.firstFailed()).isEqualTo(1));
	}

	private static int evenOnly(int item) {
		if (item % 2 == 1) {
			throw new IllegalArgumentException("odd: " + item);
		}
		return item;
	}

	@Test
	void mapWhenAnItemOrAResultCannotBeSentFailsNoOther() {
		List<Object> items = List.of("a", new Object(), "c", "give a thread", "e");
		Batch<Object> batch = this.executor.map(items, (item) -> item.equals("give a thread") ? new Thread() : item,
				BatchOptions.chunksOf(5));
		List<ItemOutcome<Object>> outcomes = batch.outcomes();
		boolean travels = is(ExecutorSpec.PROCESS) || is(ExecutorSpec.INLINE);
		assertThat(outcomes).extracting(ItemOutcome::succeeded).containsExactly(true, !travels, true, !travels, true);
		if (travels) {
			assertThat(outcomes.get(1).failure()).isInstanceOf(PayloadException.class)
				.hasMessageContaining("java.lang.Object, which is not serializable");
			assertThat(outcomes.get(3).failure()).isInstanceOf(PayloadException.class).hasMessageContaining("Thread");
		}
	}

	@Test
	void mapWhenTheFunctionCannotBeSentIsRefused() {
		Object captured = new Object();
		if (is(ExecutorSpec.PROCESS) || is(ExecutorSpec.INLINE)) {
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(
						() -> this.executor.map(numbers(10), (item) -> captured.hashCode(), BatchOptions.chunksOf(5)))
				.withMessageContaining("is not serializable");
		}
	}

	@Test
	void mapWhenThereAreMoreChunksThanPlacesRefusesNone() {
		Batch<Integer> batch = this.executor.map(numbers(200), (item) -> item, BatchOptions.chunksOf(1));
		assertThat(batch.results()).hasSize(200);
		assertThat(this.executor.snapshot().rejected()).containsEntry(RejectionReason.MAX_PENDING, 0L);
	}

	@Test
	void mapWhenOthersHaveAllPlacesWaitsForOne() {
		if (is(ExecutorSpec.INLINE)) {
			return;
		}
		Gate gate = new Gate(this.directory, "others");
		List<CompletableFuture<?>> others = new ArrayList<>();
		others.add(this.executor.submit(gate::pass).future());
		gate.awaitEntered();
		AtomicInteger taken = new AtomicInteger();
		// all places are taken when the second chunk is submitted, and none of them by
		// the batch
		Iterable<Integer> items = once(Stream.generate(() -> {
			if (taken.incrementAndGet() == 2) {
				Awaitility.await().until(() -> this.executor.snapshot().pending() == 1);
				others.add(this.executor.submit(gate::pass).future());
				others.add(this.executor.submit(gate::pass).future());
			}
			return taken.get();
		}).limit(20));
		Batch<Integer> batch = this.executor.map(items, (item) -> item, BatchOptions.chunksOf(1));
		Awaitility.await().until(() -> batch.progress().done() == 1);
		gate.letPass();
		assertThat(batch.results()).hasSize(20);
		assertThat(others).allSatisfy((other) -> assertThat(other).succeedsWithin(Duration.ofSeconds(20)));
	}

	@Test
	void mapWhenTheSourceHasNoEndStaysCloseToItsReader() {
		AtomicInteger taken = new AtomicInteger();
		Iterable<Integer> endless = once(Stream.generate(taken::incrementAndGet));
		Batch<Integer> batch = this.executor.map(endless, (item) -> item, BatchOptions.chunksOf(10).withAhead(50));
		Iterator<ItemOutcome<Integer>> outcomes = batch.iterator();
		for (int i = 1; i <= 1000; i++) {
			assertThat(outcomes.next().succeeded()).isTrue();
			assertThat(taken.get()).isLessThanOrEqualTo(i + 50 + 10 * (MAX_PENDING + 1));
		}
		assertThat(batch.progress().total()).isEqualTo(-1);
		assertThat(batch.cancel()).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> outcomes.forEachRemaining((each) -> {
		}));
		assertThat(batch.cancel()).isFalse();
	}

	@Test
	void mapWhenTheSourceFailsEndsWithItsFailure() {
		Iterable<Integer> failing = once(Stream.iterate(1, (item) -> {
			if (item == 30) {
				throw new IllegalStateException("no more");
			}
			return item + 1;
		}));
		Batch<Integer> batch = this.executor.map(failing, (item) -> item, BatchOptions.chunksOf(4));
		assertThatIllegalStateException().isThrownBy(batch::results).withMessage("no more");
		assertThat(batch.completion()).failsWithin(Duration.ofSeconds(20));
	}

	@Test
	void mapWhenTheSourceFailsWithinAChunkGivesTheItemsBefore() {
		Iterable<Integer> failing = once(Stream.iterate(1, (item) -> {
			if (item == 6) {
				throw new IllegalStateException("no more");
			}
			return item + 1;
		}));
		List<Long> seen = new ArrayList<>();
		Batch<Integer> batch = this.executor.map(failing, (item) -> item, BatchOptions.chunksOf(4));
		assertThatIllegalStateException()
			.isThrownBy(() -> batch.iterator().forEachRemaining((outcome) -> seen.add(outcome.index())))
			.withMessage("no more");
		assertThat(seen).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
	}

	@Test
	void cancelWhenTheSourceFailedStopsWhatRuns() {
		if (is(ExecutorSpec.INLINE)) {
			return;
		}
		Gate gate = new Gate(this.directory, "failed source");
		Iterable<Integer> failing = once(Stream.iterate(1, (item) -> {
			gate.awaitEntered();
			throw new IllegalStateException("no more");
		}));
		Batch<Long> batch = this.executor.map(failing, (item) -> gate.pass(), BatchOptions.chunksOf(1));
		assertThat(batch.cancel()).isTrue();
		assertThatIllegalStateException().isThrownBy(batch::results).withMessage("no more");
		assertThat(batch.cancel()).isFalse();
		Awaitility.await().until(() -> this.executor.snapshot().pending() == 0);
	}

	@Test
	void submitCallsWhenOneInstanceCannotBeSentFailsNoOther() throws Exception {
		Method call = Callable.class.getMethod("call");
		Object captured = new Object();
		List<Invocation> calls = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			int number = i;
			TestCallable good = () -> number;
			TestCallable bad = captured::hashCode;
			calls.add(Invocation.onInstance((i == 0 || i == 3) ? bad : good, call));
		}
		boolean travels = is(ExecutorSpec.PROCESS) || is(ExecutorSpec.INLINE);
		assertThat(this.executor.submitCalls(calls, BatchOptions.DEFAULTS).outcomes())
			.extracting(ItemOutcome::succeeded)
			.containsExactly(!travels, true, true, !travels, true, true);
	}

	@Test
	void onOutcomeGetsEachOutcomeOneAtATime() throws Exception {
		List<Long> seen = new ArrayList<>();
		AtomicInteger inside = new AtomicInteger();
		Batch<Integer> batch = this.executor.map(once(numbers(500).stream()), (item) -> item,
				BatchOptions.chunksOf(9).withAhead(20));
		BatchProgress end = batch.onOutcome((outcome) -> {
			assertThat(inside.incrementAndGet()).isOne();
			seen.add(outcome.index());
			inside.decrementAndGet();
		}).get(30, TimeUnit.SECONDS);
		assertThat(end).isEqualTo(new BatchProgress(500, 500, 0));
		assertThat(seen).hasSize(500).doesNotHaveDuplicates();
		assertThatIllegalStateException().isThrownBy(batch::results).withMessageContaining("read by a callback");
	}

	@Test
	void onOutcomeWhenTheCallbackFailsCancelsTheBatch() {
		Batch<Integer> batch = this.executor.map(once(numbers(500).stream()), (item) -> item,
				BatchOptions.chunksOf(1).withAhead(5));
		assertThat(batch.onOutcome((outcome) -> {
			throw new IllegalStateException("enough");
		})).failsWithin(Duration.ofSeconds(20)).withThrowableThat().withMessageContaining("enough");
		assertThat(batch.progress().done()).isLessThan(500);
	}

	@Test
	void cancelStopsWhatRuns() {
		if (is(ExecutorSpec.INLINE)) {
			return;
		}
		Gate gate = new Gate(this.directory, "cancelled");
		Batch<Long> batch = this.executor.map(numbers(10), (item) -> gate.pass(), BatchOptions.chunksOf(2));
		gate.awaitEntered();
		assertThat(batch.cancel()).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(batch::results);
		assertThat(batch.progress().succeeded()).isZero();
		Awaitility.await().until(() -> this.executor.snapshot().pending() == 0);
	}

	@Test
	void mapCallsCallsTheMethodWithEachListOfArguments() throws Exception {
		Method add = PlainCalculator.class.getMethod("add", int.class, int.class);
		Invocation call = Invocation.ofStatic(add, 0, 0);
		List<Object[]> lists = IntStream.range(0, 50).mapToObj((i) -> new Object[] { i, 1 }).toList();
		assertThat(this.executor.mapCalls(call, lists, BatchOptions.DEFAULTS).results())
			.isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
	}

	@Test
	void submitCallsTakesPathsAndNoStreams() throws Exception {
		Method name = BatchContract.class.getDeclaredMethod("name", Path.class);
		List<Invocation> paths = IntStream.range(0, 6)
			.mapToObj((i) -> Invocation.ofStatic(name, Path.of("f" + i)))
			.toList();
		assertThat(this.executor.submitCalls(paths, BatchOptions.DEFAULTS).results()).containsExactly("f0", "f1", "f2",
				"f3", "f4", "f5");
		if (is(ExecutorSpec.PROCESS) || is(ExecutorSpec.INLINE)) {
			Method read = BatchContract.class.getDeclaredMethod("read", InputStream.class);
			List<Invocation> streams = IntStream.range(0, 6)
				.mapToObj((i) -> Invocation.ofStatic(read, new ByteArrayInputStream(new byte[1])))
				.toList();
			assertThat(this.executor.submitCalls(streams, BatchOptions.DEFAULTS).outcomes()).hasSize(6)
				.allSatisfy((outcome) -> assertThat(outcome.failure()).isInstanceOf(PayloadException.class)
					.hasMessageContaining("streams do not travel in batches"));
		}
	}

	static String name(Path path) {
		return path.getFileName().toString();
	}

	static int read(InputStream content) throws IOException {
		return content.read();
	}

	@Test
	void submitAllRunsEachAsATaskOfItsOwn() {
		List<Task<Integer>> tasks = IntStream.range(0, 30).mapToObj((i) -> (Task<Integer>) () -> evenOnly(i)).toList();
		Batch<Integer> batch = this.executor.submitAll(tasks,
				BatchOptions.DEFAULTS.withTasks(TaskOptions.DEFAULTS.withId("b1")));
		assertThat(batch.id()).isEqualTo("b1");
		assertThat(batch.outcomes()).filteredOn(ItemOutcome::succeeded).hasSize(15);
	}

	@Test
	void invokeAnyGivesTheFirstThatSucceeds() throws Exception {
		List<Task<Integer>> tasks = List.of(() -> evenOnly(1), () -> evenOnly(3), () -> evenOnly(4));
		assertThat(this.executor.invokeAny(tasks, TaskOptions.DEFAULTS)).isEqualTo(4);
	}

	@Test
	void invokeAnyWhenNoneSucceedsThrowsTheFirstFailureWithTheOthers() {
		List<Task<Integer>> tasks = List.of(() -> evenOnly(1), () -> evenOnly(3));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.executor.invokeAny(tasks, TaskOptions.DEFAULTS))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1));
	}

	@Test
	void batchWhenItsExecutorIsClosedEndsWithThat() {
		OffloadExecutor closed = create("closed");
		AtomicInteger taken = new AtomicInteger();
		Iterable<Integer> closing = once(Stream.generate(() -> {
			if (taken.incrementAndGet() == 2) {
				closed.closeNow();
			}
			return 1;
		}));
		Batch<Integer> batch = closed.map(closing, (item) -> item, BatchOptions.chunksOf(1));
		assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(batch::outcomes);
		assertThatExceptionOfType(ExecutorClosedException.class)
			.isThrownBy(() -> closed.map(numbers(3), (item) -> item));
	}

	/**
	 * A callable that can be sent.
	 */
	interface TestCallable extends Callable<Object>, Serializable {

	}

}
