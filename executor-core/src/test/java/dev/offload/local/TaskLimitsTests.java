package dev.offload.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.BatchOptions;
import dev.offload.ConcurrencyLimit;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.RejectionReason;
import dev.offload.Task;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what a single task may ask for: few of its kind at a time, a turn among
 * others, an end by a moment.
 */
class TaskLimitsTests {

	private static final TaskOptions ONE_OR_NONE = limited(1, OverloadPolicy.REJECT);

	private static final TaskOptions ONE_BY_ONE = limited(1, OverloadPolicy.WAIT);

	private final OffloadExecutor executor = new ThreadExecutorFactory()
		.create(ExecutorSpec.builder("limits").type(ExecutorSpec.THREAD).maxWorkers(2).maxPending(50).build());

	private final CountDownLatch open = new CountDownLatch(1);

	private final List<String> order = Collections.synchronizedList(new ArrayList<>());

	private static TaskOptions limited(int max, OverloadPolicy overload) {
		return TaskOptions.DEFAULTS.withConcurrency(new ConcurrencyLimit("report", max, overload));
	}

	@AfterEach
	void close() {
		this.open.countDown();
		this.executor.closeNow();
	}

	@Test
	void oneTaskMoreOfItsKindThanMayIsRefusedWithTheLimit() {
		TaskOptions two = limited(2, OverloadPolicy.REJECT);
		List<TaskHandle<Boolean>> first = List.of(this.executor.submit(this::hold, two),
				this.executor.submit(this::hold, two));
		assertThatExceptionOfType(ExecutorOverloadException.class)
			.isThrownBy(() -> this.executor.submit(this::hold, two))
			.withMessageStartingWith("Executor 'limits' takes no more tasks of 'report' at present: 2 are accepted "
					+ "and have not ended, and at most 2 may be")
			.satisfies((ex) -> {
				assertThat(ex.reason()).isEqualTo(RejectionReason.MAX_CONCURRENT);
				assertThat(ex.pending()).isEqualTo(2);
				assertThat(ex.limit()).isEqualTo(2);
			});
		assertThat(this.executor.snapshot().rejected()).containsEntry(RejectionReason.MAX_CONCURRENT, 1L);
		assertThat(this.executor.submit(() -> 1).label()).as("another kind").isNotNull();
		this.open.countDown();
		first.forEach((task) -> assertThat(task.future().join()).isTrue());
	}

	@Test
	void placeAmongItsKindIsFreeHoweverATaskEnds() throws Exception {
		assertThat(this.executor.call(() -> 1, ONE_OR_NONE)).isEqualTo(1);
		Task<Object> failing = () -> {
			throw new IllegalStateException("no");
		};
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.executor.call(failing, ONE_OR_NONE));
		assertThatExceptionOfType(TaskTimeoutException.class)
			.isThrownBy(() -> this.executor.call(this::hold, ONE_OR_NONE.withTimeout(Duration.ofMillis(20))));
		retried(() -> ONE_OR_NONE).cancel();
		TaskHandle<Boolean> waiting = retried(() -> ONE_OR_NONE.withDeadline(Instant.now().plusSeconds(2)));
		await().until(waiting.future()::isDone);
		this.executor.operations().pause();
		retried(() -> ONE_OR_NONE).cancel();
		TaskHandle<Boolean> late = retried(() -> ONE_OR_NONE.withQueueTimeout(Duration.ofMillis(10)));
		await().until(late.future()::isDone);
		this.executor.operations().resume();
		this.open.countDown();
		assertThat(retried(() -> ONE_OR_NONE).future().join()).isTrue();
	}

	// A place is free a moment after the outcome is known.
	private TaskHandle<Boolean> retried(Supplier<TaskOptions> options) {
		List<TaskHandle<Boolean>> handles = new ArrayList<>();
		await().ignoreExceptionsInstanceOf(ExecutorOverloadException.class)
			.until(() -> handles.add(this.executor.submit(this::hold, options.get())));
		return handles.get(0);
	}

	@Test
	void tasksOfAKindWaitForEachOtherAndLetOthersPass() {
		TaskHandle<Boolean> first = this.executor.submit(this::hold, ONE_BY_ONE);
		TaskHandle<Boolean> second = this.executor.submit(() -> note("second"), ONE_BY_ONE);
		TaskHandle<Boolean> urgent = this.executor.submit(() -> note("urgent"), ONE_BY_ONE.withPriority(-1));
		TaskHandle<Boolean> given = this.executor.submit(() -> note("given up"), ONE_BY_ONE);
		assertThat(this.executor.submit(() -> note("other")).future().join()).isTrue();
		assertThat(given.cancel()).isTrue();
		assertThat(this.executor.snapshot().queued()).isEqualTo(2);
		assertThat(this.executor.snapshot().active()).isEqualTo(1);
		assertThat(second.status()).isEqualTo(TaskStatus.PENDING);
		this.open.countDown();
		assertThat(first.future().join() && second.future().join() && urgent.future().join()).isTrue();
		assertThat(this.order).containsExactly("other", "urgent", "second");
	}

	@Test
	void limitRaisedByALaterTaskIsThatOfThoseThatWait() {
		this.executor.submit(this::hold, ONE_BY_ONE);
		TaskHandle<Boolean> second = this.executor.submit(() -> note("second"), ONE_BY_ONE);
		this.executor.submit(() -> note("third"), limited(2, OverloadPolicy.WAIT)).future().join();
		assertThat(second.future().join()).isTrue();
		assertThat(this.order).containsExactly("second", "third");
	}

	@Test
	void batchOfAKindWithFewPlacesWaitsForThem() {
		List<Integer> results = this.executor
			.map(List.of(1, 2, 3, 4, 5, 6), (item) -> item * 2,
					BatchOptions.chunksOf(1).withTasks(limited(1, OverloadPolicy.REJECT)))
			.results();
		assertThat(results).containsExactly(2, 4, 6, 8, 10, 12);
	}

	// One thread is held, so that the other runs the tasks in the order in which they are
	// taken.
	@Test
	void oneOfManyTasksOfAnotherCustomerIsNotDelayedByThem() {
		TaskHandle<Boolean> held = this.executor.submit(this::hold);
		await().until(() -> held.status() == TaskStatus.RUNNING);
		this.executor.operations().pause();
		List<TaskHandle<Boolean>> all = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			all.add(this.executor.submit(() -> note("large"), TaskOptions.DEFAULTS.withFairKey("large")));
		}
		all.add(this.executor.submit(() -> note("small"), TaskOptions.DEFAULTS.withFairKey("small")));
		this.executor.operations().resume();
		all.forEach((task) -> assertThat(task.future().join()).isTrue());
		assertThat(this.order.subList(0, 4)).contains("small");
	}

	@Test
	void taskWhoseDeadlineHasPassedIsRefused() {
		Instant past = Instant.now().minusSeconds(1);
		assertThatExceptionOfType(TaskDeadlineException.class)
			.isThrownBy(() -> this.executor.submit(() -> 1, TaskOptions.DEFAULTS.withId("late").withDeadline(past)))
			.withMessageContainingAll("Executor 'limits'", "late", "was refused: its deadline " + past)
			.satisfies((ex) -> assertThat(ex.deadline()).isEqualTo(past));
		assertThat(this.executor.snapshot().rejected()).containsEntry(RejectionReason.DEADLINE, 1L);
		assertThat(this.executor.snapshot().pending()).isZero();
	}

	@Test
	void deadlinePassesWhileATaskWaitsOrRuns() {
		requireEndByDeadline("running", 2000, "was still running at its deadline");
		this.executor.operations().pause();
		requireEndByDeadline("waiting", 500, "waited for a worker when its deadline");
		await().until(() -> this.executor.snapshot().pending() == 0);
	}

	private void requireEndByDeadline(String id, long millis, String message) {
		Instant soon = Instant.now().plusMillis(millis);
		TaskHandle<Boolean> task = this.executor.submit(this::hold,
				TaskOptions.DEFAULTS.withId(id).withDeadline(soon).withTimeout(Duration.ofSeconds(30)));
		assertThat(task.future()).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TaskDeadlineException.class)
			.withMessageContainingAll("Executor 'limits'", id, message + " " + soon);
		assertThat(task.status()).isEqualTo(TaskStatus.TIMED_OUT);
	}

	@Test
	void taskThatEndsBeforeItsDeadlineIsLeftAlone() throws Exception {
		TaskOptions far = TaskOptions.DEFAULTS.withDeadline(Instant.MAX);
		assertThat(this.executor.call(() -> 1, far)).isEqualTo(1);
		TaskOptions near = TaskOptions.DEFAULTS.withDeadline(Instant.now().plusSeconds(30));
		assertThat(this.executor.call(() -> 2, near)).isEqualTo(2);
	}

	@Test
	void limitOfNoTasksOrOnTheCallerIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ConcurrencyLimit("report", 0, OverloadPolicy.WAIT))
			.withMessage("max of 'report' must be 1 or more, but is 0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConcurrencyLimit("report", 1, OverloadPolicy.CALLER_RUNS))
			.withMessageContaining("overload of 'report' must be REJECT or WAIT");
	}

	private Boolean hold() throws InterruptedException {
		return this.open.await(30, TimeUnit.SECONDS);
	}

	private Boolean note(String what) {
		return this.order.add(what);
	}

}
