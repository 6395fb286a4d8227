package dev.offload.contract;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.CompositeExecutorListener;
import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.Invocation;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.RejectionReason;
import dev.offload.Task;
import dev.offload.TaskEvent;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What every type of executor must do. One subclass for each type runs it.
 */
public abstract class ExecutorContract {

	@TempDir
	protected Path directory;

	protected final Events events = new Events();

	private static @Nullable OffloadExecutor shared;

	private final List<OffloadExecutor> executors = new ArrayList<>();

	/**
	 * The factory of the type.
	 * @param listener to be told
	 * @return the factory
	 */
	protected abstract ExecutorFactory factory(ExecutorListener listener);

	/** For tests that look at nothing but what comes of their own tasks. */
	private OffloadExecutor shared() {
		OffloadExecutor executor = shared;
		if (executor == null) {
			executor = factory(ExecutorListener.NONE).create(spec().build());
			shared = executor;
		}
		return executor;
	}

	@AfterAll
	static void closeShared() {
		OffloadExecutor executor = shared;
		shared = null;
		if (executor != null) {
			executor.closeNow();
		}
	}

	protected final OffloadExecutor create() {
		return create(spec());
	}

	protected final ExecutorSpec.Builder spec() {
		return ExecutorSpec.builder("compute").type(factory(ExecutorListener.NONE).type());
	}

	protected final OffloadExecutor create(ExecutorSpec.Builder spec) {
		return create(spec, this.events);
	}

	protected final OffloadExecutor create(ExecutorSpec.Builder spec, ExecutorListener listener) {
		OffloadExecutor executor = factory(listener).create(spec.build());
		this.executors.add(executor);
		return executor;
	}

	protected final Gate gate(String name) {
		return new Gate(this.directory, name);
	}

	/** Inline tasks run on the thread that submits them. */
	protected final boolean isInline() {
		return factory(ExecutorListener.NONE).type().equals(ExecutorSpec.INLINE);
	}

	/** Submits from another thread, so that an inline task does not hold up the test. */
	protected final <T> CompletableFuture<T> submitAside(OffloadExecutor executor, Task<T> task) {
		if (!isInline()) {
			return executor.submit(task).future();
		}
		CompletableFuture<T> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(executor.call(task));
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}, "test-submitter");
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	@AfterEach
	void closeAll() {
		this.executors.forEach(OffloadExecutor::closeNow);
	}

	private static Method method(String name, Class<?>... types) {
		try {
			return PlainCalculator.class.getMethod(name, types);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void nameIsAsGivenAndPrintedWithType() {
		OffloadExecutor executor = create();
		assertThat(executor.name()).isEqualTo("compute");
		assertThat(executor.toString()).contains("compute").contains(executor.spec().type());
	}

	@Test
	void newExecutorHasCountedNothing() {
		ExecutorSnapshot snapshot = create().snapshot();
		assertThat(snapshot.name()).isEqualTo("compute");
		assertThat(snapshot.state()).isEqualTo(ExecutorState.OPEN);
		assertThat(snapshot.submitted()).isZero();
		assertThat(snapshot.pending()).isZero();
		assertThat(snapshot.queued()).isZero();
		assertThat(snapshot.active()).isZero();
		assertThat(snapshot.completedTotal()).isZero();
		assertThat(snapshot.averageRun()).isZero();
		assertThat(snapshot.averageWait()).isZero();
		assertThat(snapshot.workers()).isEmpty();
	}

	@Test
	void callOfLambdaGivesItsResult() throws Exception {
		int left = 2;
		int right = 3;
		assertThat(shared().call(() -> left + right)).isEqualTo(5);
	}

	@Test
	void callOfMethodReferenceGivesItsResult() throws Exception {
		assertThat(shared().<String>call("some text"::toUpperCase)).isEqualTo("SOME TEXT");
	}

	@Test
	void nestedResultArrivesIntact() throws Exception {
		Map<String, Object> nested = Map.of("sum", 15, "factorial", 3628800L, "text", "äöü \u0000", "inner",
				Map.of("list", List.of(1, 2.5, "three"), "empty", List.of()));
		assertThat(shared().call(() -> nested)).isEqualTo(nested);
	}

	@Test
	void callOfStaticMethodGivesItsResult() throws Throwable {
		OffloadExecutor executor = shared();
		assertThat(
				executor.call(Invocation.ofStatic(method("add", int.class, int.class), 10, 20), TaskOptions.DEFAULTS))
			.isEqualTo(30);
		assertThat(executor.call(Invocation.ofStatic(method("sumBelow", int.class), 1_000_000), TaskOptions.DEFAULTS))
			.isEqualTo(499_999_500_000L);
	}

	@Test
	void callWithVariableArgumentsAndNullsPassesThem() throws Throwable {
		Object result = shared().call(Invocation.ofStatic(method("joined", String.class, Object[].class), "-",
				new @Nullable Object[] { "a", null, 3 }), TaskOptions.DEFAULTS);
		assertThat(result).isEqualTo("a-null-3");
	}

	@Test
	void callOfVoidTaskGivesNull() throws Exception {
		assertThat(shared().<@Nullable Object>call(() -> null)).isNull();
	}

	@Test
	void wrappedObjectRunsItsCallsThere() {
		OffloadExecutor executor = create();
		Calculator calculator = executor.wrap(Calculator.class, new PlainCalculator(1));
		assertThat(calculator.square(5)).isEqualTo(26);
		assertThat(calculator.greet("World", "Hi", "there")).isEqualTo("Hi there, World");
		assertThat(executor.snapshot().submitted()).isEqualTo(2);
		assertThat(calculator).hasToString(calculator.toString()).isEqualTo(calculator);
		assertThat(calculator.toString()).contains("PlainCalculator").contains("compute");
	}

	@Test
	void wrappedTypeRunsItsCallsThereOnOneInstance() {
		OffloadExecutor executor = create(spec().maxWorkers(1));
		Calculator calculator = executor.wrapType(Calculator.class, PlainCalculator.class);
		assertThat(calculator.square(5)).isEqualTo(25);
		assertThat(calculator.square(6)).isEqualTo(36);
		assertThat(executor.snapshot().submitted()).isEqualTo(2);
	}

	@Test
	void wrappedMethodThatReturnsFutureGivesValueOfItsBody() throws Exception {
		OffloadExecutor executor = create();
		CompletableFuture<Integer> result = executor.wrapType(Calculator.class, PlainCalculator.class).squareLater(7);
		assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(49);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.SUCCEEDED, 1L);
	}

	@Test
	void wrappedMethodThatReturnsHandleGivesThatOfItsTask() throws Exception {
		OffloadExecutor executor = shared();
		TaskHandle<Integer> handle = executor.wrapType(Calculator.class, PlainCalculator.class).squareHandled(7);
		assertThat(handle.future().get(20, TimeUnit.SECONDS)).isEqualTo(49);
		assertThat(handle.id()).startsWith(executor.name() + "-");
		assertThat(handle.status()).isEqualTo(TaskStatus.SUCCEEDED);
	}

	@Test
	void wrapOfClassIsRefused() {
		OffloadExecutor executor = create();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> executor.wrap(PlainCalculator.class, new PlainCalculator()))
			.withMessageContaining("not an interface");
	}

	@Test
	void exceptionOfTaskArrivesAsItself() {
		OffloadExecutor executor = create();
		assertThatIllegalArgumentException().isThrownBy(() -> executor.call(() -> {
			throw new IllegalArgumentException("intentional error");
		})).withMessage("intentional error");
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.FAILED, 1L);
	}

	@Test
	void checkedExceptionOfTaskArrivesAsItself() {
		OffloadExecutor executor = shared();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> executor.call(() -> {
			throw new IOException("no such file");
		})).withMessage("no such file");
	}

	@Test
	void errorOfTaskArrivesAsItselfAndExecutorGoesOn() throws Exception {
		OffloadExecutor executor = create();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> executor.call(() -> {
			throw new AssertionError("wrong");
		}));
		assertThat(this.events.statuses()).containsExactly(TaskStatus.PENDING, TaskStatus.RUNNING, TaskStatus.FAILED);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void submittedTaskFailsItsFutureWithItsException() {
		TaskHandle<Object> handle = shared().submit(() -> {
			throw new IllegalStateException("failed");
		});
		Throwable failure = catchThrowable(() -> handle.future().get(30, TimeUnit.SECONDS));
		assertThat(failure).isInstanceOf(ExecutionException.class).cause().isInstanceOf(IllegalStateException.class);
		assertThat(handle.status()).isEqualTo(TaskStatus.FAILED);
	}

	@Test
	void submittedTasksGiveTheirResultsInOrder() {
		OffloadExecutor executor = shared();
		List<CompletableFuture<Integer>> results = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			int left = 1 + 2 * i;
			results.add(executor.submit(() -> PlainCalculator.add(left, left + 1)).future());
		}
		assertThat(results.stream().map(CompletableFuture::join).toList()).containsExactly(3, 7, 11);
	}

	@Test
	void handleNamesItsTask() {
		OffloadExecutor executor = shared();
		TaskHandle<Integer> given = executor.submit(() -> 1, TaskOptions.DEFAULTS.withId("my-task").withLabel("one"));
		TaskHandle<Integer> generated = executor.submit(() -> 2);
		assertThat(given.id()).isEqualTo("my-task");
		assertThat(given.label()).isEqualTo("one");
		assertThat(generated.id()).startsWith("compute-").isNotEqualTo(given.id());
		assertThat(given.future().join() + generated.future().join()).isEqualTo(3);
		assertThat(given.status()).isEqualTo(TaskStatus.SUCCEEDED);
	}

	@Test
	void countersAddUpAfterCalls() {
		OffloadExecutor executor = create();
		for (int i = 0; i < 3; i++) {
			int value = i;
			Throwable failure = catchThrowable(() -> executor.call(() -> 10 / value));
			assertThat(failure instanceof ArithmeticException).isEqualTo(value == 0);
		}
		ExecutorSnapshot snapshot = executor.snapshot();
		assertThat(snapshot.submitted()).isEqualTo(3);
		assertThat(snapshot.completed()).containsEntry(TaskStatus.SUCCEEDED, 2L).containsEntry(TaskStatus.FAILED, 1L);
		assertThat(snapshot.pending()).isZero();
		assertThat(snapshot.active()).isZero();
		assertThat(snapshot.averageRun()).isPositive();
	}

	@Test
	void listenerHearsOfEachStep() throws Exception {
		create().call(() -> 1);
		assertThat(this.events.statuses()).containsExactly(TaskStatus.PENDING, TaskStatus.RUNNING,
				TaskStatus.SUCCEEDED);
	}

	@Test
	void listenerThatThrowsChangesNothing() throws Exception {
		this.events.fail();
		assertThat(create().call(() -> 1)).isEqualTo(1);
	}

	@Test
	void eventsOfTasksSayWhatIsKnownInOrder() throws Exception {
		EventRecorder recorder = new EventRecorder();
		OffloadExecutor executor = create(spec().maxWorkers(1), recorder);
		TaskOptions options = TaskOptions.DEFAULTS.withId("one").withLabel("first").withMetadata(Map.of("tenant", "7"));
		assertThatIllegalStateException().isThrownBy(() -> executor.call(() -> {
			throw new IllegalStateException("intentional");
		}, options));
		executor.close();
		assertThatExceptionOfType(ExecutorClosedException.class)
			.isThrownBy(() -> executor.submit(() -> 1, options.withId("two")));
		recorder.awaitCount(7);
		assertThat(recorder.heard()).containsExactly("compute OPEN", "one PENDING", "one RUNNING", "one FAILED",
				"compute DRAINING", "compute CLOSED", "two REJECTED CLOSED");
		assertThat(recorder.taskEvents()).allSatisfy((event) -> {
			assertThat(event.label()).isEqualTo("first");
			assertThat(event.metadata()).containsExactly(Map.entry("tenant", "7"));
			assertThat(event.attempt()).isEqualTo(1);
		});
		assertThat(recorder.taskEvents()).extracting(TaskEvent::at).isSorted();
		TaskEvent ended = recorder.taskEvents().get(2);
		assertThat(ended.failure()).isInstanceOf(IllegalStateException.class).hasMessage("intentional");
		assertThat(ended.running()).isPositive();
		assertThat(ended.workerPid() > 0).isEqualTo(spec().build().type().equals(ExecutorSpec.PROCESS));
		assertThat(recorder.taskEvents().get(3).failure()).isInstanceOf(ExecutorClosedException.class);
		assertThat(recorder.threads()).containsOnly("compute-events");
	}

	@Test
	void listenerThatNeverReturnsHoldsUpNoTaskAndNoOtherListener() throws Exception {
		EventRecorder recorder = new EventRecorder();
		CountDownLatch release = new CountDownLatch(1);
		ExecutorListener stuck = new ExecutorListener() {
			@Override
			public void taskSubmitted(TaskEvent event) {
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		};
		OffloadExecutor executor = create(spec(), new CompositeExecutorListener(List.of(stuck, recorder)));
		for (int i = 0; i < 3; i++) {
			assertThat(executor.call(() -> 1)).isEqualTo(1);
		}
		recorder.awaitCount(10);
		release.countDown();
	}

	@Test
	void listenerHearsOfNoRoomAndOfRoomOnce() {
		EventRecorder recorder = new EventRecorder();
		OffloadExecutor executor = create(spec().maxWorkers(1).maxPending(1), recorder);
		Gate gate = gate("saturated");
		CompletableFuture<Long> busy = submitAside(executor, gate::pass);
		gate.awaitEntered();
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> executor.call(() -> 1));
		}
		gate.letPass();
		busy.join();
		recorder.awaitCount(9);
		assertThat(recorder.heard()).filteredOn((text) -> text.startsWith("compute "))
			.containsExactly("compute OPEN", "compute saturated", "compute recovered");
	}

	@Test
	void listenerHearsOfPausingAndResumingOnce() {
		EventRecorder recorder = new EventRecorder();
		OffloadExecutor executor = create(spec(), recorder);
		if (isInline()) {
			return;
		}
		executor.operations().pause();
		executor.operations().pause();
		executor.operations().resume();
		executor.operations().resume();
		executor.close();
		recorder.awaitCount(5);
		assertThat(recorder.heard()).containsExactly("compute OPEN", "compute paused", "compute resumed",
				"compute DRAINING", "compute CLOSED");
	}

	@Test
	void listenerHearsOfOpeningDrainingAndClosingOnce() {
		OffloadExecutor executor = create();
		executor.drain(Duration.ofSeconds(10));
		executor.close();
		executor.close();
		assertThat(this.events.states()).containsExactly(ExecutorState.OPEN, ExecutorState.DRAINING,
				ExecutorState.CLOSED);
	}

	@Test
	void taskOverMaxPendingIsRejectedWithLiveNumbers() {
		OffloadExecutor executor = create(spec().maxWorkers(1).maxPending(1));
		Gate gate = gate("busy");
		CompletableFuture<Long> busy = submitAside(executor, gate::pass);
		gate.awaitEntered();
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> executor.call(() -> 1))
			.satisfies((ex) -> assertThat(ex.executor()).isEqualTo("compute"))
			.satisfies((ex) -> assertThat(ex.pending()).isEqualTo(1))
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(1))
			.withMessageContaining("max-pending is 1");
		ExecutorSnapshot snapshot = executor.snapshot();
		assertThat(snapshot.rejected()).containsEntry(RejectionReason.MAX_PENDING, 1L);
		assertThat(snapshot.pending()).isEqualTo(1);
		assertThat(snapshot.active()).isEqualTo(1);
		gate.letPass();
		busy.join();
		assertThat(executor.submit(() -> 2).future().join()).isEqualTo(2);
	}

	@Test
	void callerWaitsForRoomUnderPolicyWait() throws Exception {
		OffloadExecutor executor = create(
				spec().maxWorkers(1).maxPending(1).overload(OverloadPolicy.WAIT).overloadWait(Duration.ofSeconds(30)));
		Gate gate = gate("busy");
		CompletableFuture<Long> busy = submitAside(executor, gate::pass);
		gate.awaitEntered();
		CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> {
			try {
				return executor.call(() -> 5);
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		});
		assertThat(waiting).isNotDone();
		gate.letPass();
		assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(5);
		busy.join();
	}

	@Test
	void callerIsRefusedWhenItsWaitForRoomIsOver() {
		OffloadExecutor executor = create(
				spec().maxWorkers(1).maxPending(1).overload(OverloadPolicy.WAIT).overloadWait(Duration.ofMillis(20)));
		Gate gate = gate("busy");
		CompletableFuture<Long> busy = submitAside(executor, gate::pass);
		gate.awaitEntered();
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> executor.call(() -> 1));
		gate.letPass();
		assertThat(busy.join()).isPositive();
	}

	@Test
	void taskRunsOnItsCallerUnderPolicyCallerRuns() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(1).maxPending(1).overload(OverloadPolicy.CALLER_RUNS));
		Gate gate = gate("busy");
		CompletableFuture<Long> busy = submitAside(executor, gate::pass);
		gate.awaitEntered();
		assertThat(executor.call(() -> Thread.currentThread().getName())).isEqualTo(Thread.currentThread().getName());
		gate.letPass();
		assertThat(busy.join()).isPositive();
		Awaitility.await().until(() -> executor.snapshot().pending() == 0);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.SUCCEEDED, 2L);
	}

	@Test
	void interruptOfWaitingCallerCancelsTaskAndKeepsFlag() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(1));
		Gate gate = gate("interrupted");
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		AtomicReference<@Nullable Boolean> flag = new AtomicReference<>();
		Thread caller = new Thread(() -> {
			failure.set(catchThrowable(() -> executor.call(gate::pass)));
			flag.set(Thread.currentThread().isInterrupted());
		}, "test-caller");
		caller.start();
		gate.awaitEntered();
		caller.interrupt();
		caller.join(30_000);
		if (isInline()) {
			assertThat(failure.get()).isInstanceOf(InterruptedException.class);
			return;
		}
		assertThat(failure.get()).isInstanceOf(CancellationException.class);
		assertThat(flag.get()).isTrue();
		Awaitility.await().untilAsserted(() -> {
			assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.CANCELLED, 1L);
			assertThat(executor.snapshot().pending()).isZero();
		});
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void taskOverItsTimeoutFailsAndExecutorGoesOn() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(1).timeout(Duration.ofMillis(100)));
		Gate gate = gate("slow");
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> executor.call(gate::pass))
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(Duration.ofMillis(100)))
			.withMessageContaining("Executor 'compute'")
			.withMessageContaining("longer than timeout PT0.1S");
		Awaitility.await().until(() -> executor.snapshot().pending() == 0);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.TIMED_OUT, 1L);
		assertThat(executor.call(() -> 1, TaskOptions.DEFAULTS.withTimeout(Duration.ZERO))).isEqualTo(1);
	}

	@Test
	void taskThatEndsWithinItsGraceKeepsItsResult() throws Exception {
		OffloadExecutor executor = create(
				spec().maxWorkers(1).timeout(Duration.ofMillis(50)).killGrace(Duration.ofSeconds(30)));
		Gate gate = gate("graceful");
		Object result = executor.call(() -> {
			try {
				gate.pass();
				return "not interrupted";
			}
			catch (InterruptedException ex) {
				return "saved";
			}
		});
		assertThat(result).isEqualTo("saved");
	}

	@Test
	void interruptDoesNotReachTheNextTask() throws Exception {
		OffloadExecutor executor = create(
				spec().maxWorkers(1).timeout(Duration.ofMillis(50)).killGrace(Duration.ofSeconds(30)));
		Gate gate = gate("interrupted");
		assertThat(catchThrowable(() -> executor.call(gate::pass))).isInstanceOf(TaskTimeoutException.class);
		assertThat(executor.call(() -> Thread.currentThread().isInterrupted(),
				TaskOptions.DEFAULTS.withTimeout(Duration.ZERO)))
			.isFalse();
	}

	@Test
	void closedExecutorTakesNoTask() {
		OffloadExecutor executor = create();
		executor.close();
		executor.close();
		assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("compute");
		assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(() -> executor.submit(() -> 1));
		assertThat(executor.snapshot().state()).isEqualTo(ExecutorState.CLOSED);
		assertThat(executor.snapshot().rejected()).containsEntry(RejectionReason.CLOSED, 2L);
	}

	@Test
	void closeLetsAcceptedTasksEnd() {
		OffloadExecutor executor = create(spec().maxWorkers(1).closeTimeout(Duration.ofSeconds(30)));
		Gate gate = gate("last");
		CompletableFuture<Long> last = submitAside(executor, gate::pass);
		gate.awaitEntered();
		Thread closer = new Thread(executor::close, "test-closer");
		closer.start();
		Awaitility.await().until(() -> executor.snapshot().state() == ExecutorState.DRAINING);
		gate.letPass();
		assertThat(last.join()).isPositive();
		Awaitility.await().until(() -> !closer.isAlive());
	}

	@Test
	void closeNowFailsWhatIsLeft() {
		OffloadExecutor executor = create(spec().maxWorkers(1));
		Gate gate = gate("killed");
		CompletableFuture<Long> running = submitAside(executor, gate::pass);
		gate.awaitEntered();
		executor.closeNow();
		Throwable failure = catchThrowable(() -> running.get(30, TimeUnit.SECONDS));
		assertThat(failure).cause().isInstanceOf(ExecutorClosedException.class);
	}

	@Test
	void drainTellsWhetherAllEnded() {
		OffloadExecutor executor = create(spec().maxWorkers(1));
		Gate gate = gate("slow");
		CompletableFuture<Long> slow = submitAside(executor, gate::pass);
		gate.awaitEntered();
		assertThat(executor.drain(Duration.ofMillis(20))).isFalse();
		gate.letPass();
		slow.join();
		assertThat(executor.drain(Duration.ofSeconds(30))).isTrue();
		assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(() -> executor.call(() -> 1));
	}

	@Test
	void twoExecutorsAreIndependent() throws Exception {
		OffloadExecutor other = create(ExecutorSpec.builder("other").type(factory(this.events).type()));
		OffloadExecutor executor = create();
		assertThat(executor.call(() -> "a:1")).isEqualTo("a:1");
		other.close();
		assertThat(executor.call(() -> "b:2")).isEqualTo("b:2");
		assertThat(other.snapshot().submitted()).isZero();
	}

	@Test
	void fileWrittenByOneTaskIsReadByTheNext() throws Exception {
		OffloadExecutor executor = shared();
		String file = this.directory.resolve("note.txt").toString();
		executor.call(() -> Files.writeString(Path.of(file), "content").toString());
		assertThat(executor.call(() -> Files.readString(Path.of(file)))).isEqualTo("content");
	}

	@Test
	void submitFromCompletionCallbackToTheSameExecutorEnds() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(1));
		CompletableFuture<Integer> chained = executor.submit(() -> 1).future().thenApply((first) -> {
			try {
				return first + executor.call(() -> 2);
			}
			catch (Exception ex) {
				throw new OffloadException("compute", "failed", ex);
			}
		});
		assertThat(chained.get(30, TimeUnit.SECONDS)).isEqualTo(3);
	}

	/**
	 * Keeps what it hears.
	 */
	protected static final class Events implements DirectExecutorListener {

		private final Map<String, List<TaskStatus>> byTask = new ConcurrentHashMap<>();

		private final List<ExecutorState> states = new CopyOnWriteArrayList<>();

		private volatile boolean failing;

		void fail() {
			this.failing = true;
		}

		List<TaskStatus> statuses() {
			return this.byTask.values().stream().flatMap(List::stream).toList();
		}

		List<ExecutorState> states() {
			return this.states;
		}

		private void heard(TaskEvent event) {
			if (this.failing) {
				throw new IllegalStateException("a listener that fails");
			}
			this.byTask.computeIfAbsent(event.taskId(), (id) -> new CopyOnWriteArrayList<>()).add(event.status());
		}

		@Override
		public void executorChanged(String executor, ExecutorState state) {
			this.states.add(state);
		}

		@Override
		public void taskSubmitted(TaskEvent event) {
			heard(event);
		}

		@Override
		public void taskStarted(TaskEvent event) {
			heard(event);
		}

		@Override
		public void taskCompleted(TaskEvent event) {
			heard(event);
		}

	}

}
