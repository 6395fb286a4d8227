package dev.offload.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.QueueTimeoutException;
import dev.offload.TaskHandle;
import dev.offload.TaskTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what an operator can do with executors without processes.
 */
class LocalOperationsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final OffloadExecutor threads = new ThreadExecutorFactory()
		.create(ExecutorSpec.builder("threads").type(ExecutorSpec.THREAD).maxWorkers(2).build());

	private final OffloadExecutor inline = new InlineExecutorFactory()
		.create(ExecutorSpec.builder("direct").type(ExecutorSpec.INLINE).build());

	private final CountDownLatch open = new CountDownLatch(1);

	@AfterEach
	void closeAll() {
		this.open.countDown();
		this.threads.closeNow();
		this.inline.closeNow();
	}

	@Test
	void moreThreadsRunMoreTasksAtOnce() {
		submitAll(3);
		await().until(() -> this.threads.snapshot().active() == 2);
		this.threads.operations().resize(3);
		await().until(() -> this.threads.snapshot().active() == 3);
		assertThat(this.threads.snapshot().maxWorkers()).isEqualTo(3);
	}

	@Test
	void fewerThreadsLetTheirTasksEnd() {
		List<TaskHandle<Boolean>> first = submitAll(2);
		await().until(() -> this.threads.snapshot().active() == 2);
		this.threads.operations().resize(1);
		this.open.countDown();
		first.forEach((task) -> assertThat(task.future().join()).isTrue());
		CountDownLatch later = new CountDownLatch(1);
		List<TaskHandle<Boolean>> second = IntStream.range(0, 2)
			.mapToObj((i) -> this.threads.submit(() -> later.await(30, TimeUnit.SECONDS)))
			.toList();
		assertThat(this.threads.snapshot().active()).isEqualTo(1);
		assertThat(this.threads.snapshot().queued()).isEqualTo(1);
		later.countDown();
		second.forEach((task) -> assertThat(task.future().join()).isTrue());
	}

	@Test
	void pausedThreadsLetTasksWait() {
		this.threads.operations().pause();
		TaskHandle<Integer> task = this.threads.submit(() -> 1);
		assertThat(this.threads.snapshot().queued()).isEqualTo(1);
		this.threads.operations().resume();
		assertThat(task.future().join()).isEqualTo(1);
	}

	@Test
	void taskCancelledByItsIdIsInterruptedOrNeverRuns() {
		List<TaskHandle<Boolean>> tasks = submitAll(3);
		await().until(() -> this.threads.snapshot().active() == 2);
		tasks.forEach((task) -> assertThat(this.threads.operations().cancel(task.id())).isTrue());
		tasks.forEach((task) -> await().until(task.future()::isCancelled));
		await().until(() -> this.threads.snapshot().pending() == 0);
		assertThat(this.threads.operations().cancel(tasks.get(0).id())).as("one that has ended").isFalse();
	}

	@Test
	void whatATypeDoesNotHaveIsSaid() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.threads.operations().recycle())
			.withMessage("Executor 'threads' of type thread cannot recycle workers, for it has no worker processes");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.inline.operations().pause())
			.withMessageContaining("its tasks run on their callers");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.inline.operations().resize(2))
			.withMessageContaining("Executor 'direct' of type inline cannot change max-workers, for its tasks run on");
	}

	@Test
	void changedLimitsAreInForceAndTheSettingsStay() {
		this.threads.operations()
			.change(ExecutorLimits.builder().maxPending(1).maxWorkers(1).timeout(Duration.ofSeconds(7)).build());
		ExecutorSnapshot snapshot = this.threads.snapshot();
		assertThat(snapshot.maxPending()).isEqualTo(1);
		assertThat(snapshot.maxWorkers()).isEqualTo(1);
		assertThat(snapshot.limits().timeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(snapshot.limits().queueTimeout()).isEqualTo(Duration.ZERO);
		assertThat(this.threads.spec().maxPending()).isEqualTo(100);
		submitAll(1);
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> submitAll(1))
			.withMessageContaining("holds 1 tasks and max-pending is 1 (max-workers 1)")
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(1));
	}

	@Test
	void changeOfWhichOneIsWrongChangesNothing() {
		ExecutorSnapshot before = this.threads.snapshot();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(
				() -> this.threads.operations().change(ExecutorLimits.builder().maxWorkers(9).maxPending(0).build()))
			.withMessage("Executor 'threads': max-pending must be at least 1, but is 0");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(
				() -> this.threads.operations().change(ExecutorLimits.builder().maxWorkers(9).minWorkers(1).build()))
			.withMessage("Executor 'threads' of type thread cannot change min-workers, for it has no worker processes");
		assertThat(this.threads.snapshot().limits()).isEqualTo(before.limits());
	}

	@Test
	void limitsTellWhatATypeHeeds() {
		assertThat(this.threads.snapshot().limits().settings()).containsOnlyKeys("max-workers", "max-pending",
				"overload-wait", "rate-limit", "rate-limit-period", "queue-timeout", "timeout", "kill-grace");
		assertThat(this.inline.snapshot().limits().settings()).containsOnlyKeys("max-pending", "max-pending-bytes",
				"overload-wait", "rate-limit", "rate-limit-period", "timeout", "kill-grace");
	}

	@Test
	void inlineTaskMayStillGiveItsResultWithinTheGrace() throws Exception {
		ExecutorLimits.Builder little = ExecutorLimits.builder().timeout(Duration.ofMillis(20));
		this.inline.operations().change(little.killGrace(PATIENCE).build());
		assertThat(this.inline.call(LocalOperationsTests::awaitInterrupt)).isEqualTo("interrupted");
		this.inline.operations().change(little.killGrace(Duration.ZERO).build());
		assertThatExceptionOfType(TaskTimeoutException.class)
			.isThrownBy(() -> this.inline.call(LocalOperationsTests::awaitInterrupt));
	}

	@Test
	void tasksKeepTheLimitsWithWhichTheyWereAccepted() {
		List<TaskHandle<Boolean>> tasks = submitAll(2);
		CountDownLatch never = new CountDownLatch(1);
		TaskHandle<Boolean> longer = this.threads.submit(() -> never.await(100, TimeUnit.MILLISECONDS));
		await().until(() -> this.threads.snapshot().active() == 2);
		Duration little = Duration.ofMillis(1);
		this.threads.operations()
			.change(ExecutorLimits.builder().timeout(little).queueTimeout(little).killGrace(little).build());
		TaskHandle<Boolean> late = this.threads.submit(() -> true);
		assertThat(late.future()).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(QueueTimeoutException.class);
		this.open.countDown();
		tasks.forEach((task) -> assertThat(task.future().join()).isTrue());
		assertThat(longer.future()).as("begins when the limits are others").succeedsWithin(PATIENCE).isEqualTo(false);
	}

	@Test
	void callerThatWaitsForRoomGetsItWhenThereIsMore() {
		OffloadExecutor narrow = new ThreadExecutorFactory().create(ExecutorSpec.builder("narrow")
			.type(ExecutorSpec.THREAD)
			.maxWorkers(2)
			.maxPending(1)
			.overload(OverloadPolicy.WAIT)
			.overloadWait(Duration.ofHours(1))
			.build());
		try (narrow) {
			narrow.submit(() -> this.open.await(60, TimeUnit.SECONDS));
			CompletableFuture<TaskHandle<Integer>> accepted = new CompletableFuture<>();
			Thread caller = new Thread(() -> accepted.complete(narrow.submit(() -> 1)));
			caller.start();
			await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
			narrow.operations().change(ExecutorLimits.builder().maxPending(2).build());
			assertThat(accepted.thenCompose(TaskHandle::future)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1);
			this.open.countDown();
		}
	}

	@Test
	void limitsThatChangeAllTheTimeAreNeverMixed() {
		AtomicBoolean over = new AtomicBoolean();
		List<CompletableFuture<Void>> changers = IntStream.of(3, 5).mapToObj((n) -> CompletableFuture.runAsync(() -> {
			while (!over.get()) {
				this.threads.operations().change(ExecutorLimits.builder().maxWorkers(n).maxPending(n * 100).build());
			}
			// The common pool may have a single thread.
		}, (action) -> new Thread(action, "test-changer-" + n).start())).toList();
		List<TaskHandle<Integer>> tasks = new ArrayList<>();
		try {
			await().until(() -> this.threads.snapshot().maxWorkers() > 2);
			for (int i = 0; i < 200; i++) {
				int value = i;
				tasks.add(this.threads.submit(() -> value));
				ExecutorSnapshot snapshot = this.threads.snapshot();
				assertThat(snapshot.maxPending()).isEqualTo(snapshot.maxWorkers() * 100);
				assertThat(snapshot.limits().maxPending()).isEqualTo(snapshot.maxPending());
			}
		}
		finally {
			over.set(true);
		}
		changers.forEach(CompletableFuture::join);
		assertThat(tasks.stream().map((task) -> task.future().join()))
			.containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
		this.threads.operations().resize(2);
		submitAll(4);
		await().until(() -> this.threads.snapshot().active() == 2);
		assertThat(this.threads.snapshot().queued()).isEqualTo(2);
	}

	private static String awaitInterrupt() {
		try {
			return String.valueOf(new CountDownLatch(1).await(30, TimeUnit.SECONDS));
		}
		catch (InterruptedException ex) {
			return "interrupted";
		}
	}

	private List<TaskHandle<Boolean>> submitAll(int number) {
		return IntStream.range(0, number)
			.mapToObj((i) -> this.threads.submit(() -> this.open.await(30, TimeUnit.SECONDS)))
			.toList();
	}

}
