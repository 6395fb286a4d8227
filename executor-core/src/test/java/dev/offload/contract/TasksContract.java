package dev.offload.contract;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.BatchOptions;
import dev.offload.DuplicateTaskException;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.RejectionReason;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;
import dev.offload.Tasks;
import dev.offload.UnknownTaskException;
import dev.offload.registry.StandardExecutorRegistry;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is known of tasks by their ids, for every type of executor that does not run them
 * on their callers. One executor of one slot serves all tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TasksContract {

	private static final Duration LONG = Duration.ofSeconds(30);

	private StandardExecutorRegistry registry;

	private OffloadExecutor executor;

	private Tasks tasks;

	@TempDir
	Path directory;

	/**
	 * The factory of the type.
	 * @return the factory
	 */
	protected abstract ExecutorFactory factory();

	@BeforeAll
	void start() {
		ExecutorFactory factory = factory();
		this.registry = StandardExecutorRegistry.builder().factory(factory).build();
		this.tasks = this.registry.tasks();
		this.executor = this.registry.getOrCreate(spec("compute").maxPending(1000).build());
	}

	private ExecutorSpec.Builder spec(String name) {
		return ExecutorSpec.builder(name).type(factory().type()).maxWorkers(1);
	}

	@AfterEach
	void forgetAll() {
		// The record of one task may be written after the next one has ended.
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(
					this.tasks.list(TaskQuery.ALL.withStatus(TaskStatus.PENDING, TaskStatus.RUNNING)).tasks())
				.isEmpty());
		this.tasks.clear(TaskQuery.ALL);
	}

	@AfterAll
	void close() {
		this.registry.close();
	}

	private static TaskOptions id(String id) {
		return TaskOptions.DEFAULTS.withId(id);
	}

	private List<String> ids(TaskQuery query) {
		return this.tasks.list(query).tasks().stream().map(TaskRecord::id).toList();
	}

	private TaskRecord ended(String id) throws InterruptedException {
		return this.tasks.await(id, LONG);
	}

	@Test
	void resultOfACallerThatWaitedIsHeldByNobodyElse() throws Exception {
		WeakReference<Object> result = new WeakReference<>(this.executor.call(() -> new byte[1000], id("called")));
		assertThat(ended("called").status()).isEqualTo(TaskStatus.SUCCEEDED);
		Awaitility.await().atMost(LONG).until(() -> {
			System.gc();
			return result.get() == null;
		});
		assertThatExceptionOfType(UnknownTaskException.class).isThrownBy(() -> this.tasks.result("called"));
	}

	@Test
	void taskIsFoundByTheIdThatItsCallerGave() throws Exception {
		TaskOptions options = id("my-task-123").withMetadata(Map.of("user_id", "42", "type", "export"))
			.withLabel("square");
		assertThat(this.executor.submit(() -> PlainCalculator.add(2, 3), options).id()).isEqualTo("my-task-123");
		TaskRecord ended = ended("my-task-123");
		assertThat(ended.metadata()).isEqualTo(Map.of("user_id", "42", "type", "export"));
		assertThat(ended.label()).isEqualTo("square");
		assertThat(ended.executor()).isEqualTo("compute");
		assertThat(ended.attempt()).isEqualTo(1);
		assertThat(ended.failure()).isNull();
		assertThat(this.tasks.result("my-task-123")).isEqualTo(5);
		assertThat(this.tasks.require("my-task-123")).isEqualTo(ended);
	}

	@Test
	void idIsFreeOnceItsTaskWasCancelled() throws Exception {
		Gate gate = new Gate(this.directory, "cancelled");
		this.executor.submit(gate::pass);
		for (int i = 0; i < 100; i++) {
			TaskHandle<?> cancelled = this.executor.submit(() -> "cancelled", id("again"));
			assertThat(cancelled.cancel()).isTrue();
			TaskHandle<Integer> next = this.executor.submit(() -> 1, id("again"));
			assertThat(this.tasks.require("again").status()).isEqualTo(TaskStatus.PENDING);
			assertThat(next.cancel()).isTrue();
		}
		TaskHandle<Integer> last = this.executor.submit(() -> 2, id("again"));
		gate.letPass();
		assertThat(last.future().get(30, TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(ended("again").status()).isEqualTo(TaskStatus.SUCCEEDED);
		assertThat(this.tasks.result("again")).isEqualTo(2);
	}

	@Test
	void recordIsOneFromSubmissionToAfterTheEnd() throws Exception {
		Gate gate = new Gate(this.directory, "one");
		TaskHandle<Long> first = this.executor.submit(gate::pass);
		TaskHandle<Long> second = this.executor.submit(gate::pass);
		gate.awaitEntered();
		TaskRecord running = this.tasks.require(first.id());
		TaskRecord waiting = this.tasks.require(second.id());
		gate.letPass();
		assertThat(running.status()).isEqualTo(TaskStatus.RUNNING);
		assertThat(waiting.status()).isEqualTo(TaskStatus.PENDING);
		assertThat(waiting.times().startedAt()).isNull();
		TaskRecord ended = ended(first.id());
		TaskTimes times = ended.times();
		assertThat(ended.status()).isEqualTo(TaskStatus.SUCCEEDED);
		assertThat(times.submittedAt()).isEqualTo(running.times().submittedAt());
		assertThat(times.startedAt()).isEqualTo(running.times().startedAt()).isAfterOrEqualTo(times.submittedAt());
		assertThat(times.finishedAt()).isAfter(times.startedAt());
		assertThat(times.running()).isPositive();
		assertThat(ended.workerPid()).isEqualTo(running.workerPid());
		assertThat(ended(second.id()).status()).isEqualTo(TaskStatus.SUCCEEDED);
		assertThat(this.tasks.result(first.id())).isEqualTo(first.future().join());
	}

	@Test
	void failureIsToldWithItsStack() throws Exception {
		TaskHandle<Object> handle = this.executor.submit(() -> {
			throw new IllegalStateException("Task failed");
		});
		TaskRecord ended = ended(handle.id());
		assertThat(ended.status()).isEqualTo(TaskStatus.FAILED);
		assertThat(ended.failure().type()).isEqualTo(IllegalStateException.class.getName());
		assertThat(ended.failure().message()).isEqualTo("Task failed");
		assertThat(ended.failure().stack()).startsWith("java.lang.IllegalStateException: Task failed\n\tat ")
			.contains("TasksContract");
		assertThatIllegalStateException().isThrownBy(() -> this.tasks.result(handle.id()))
			.withMessageContainingAll(handle.id(), "compute", "FAILED", "Task failed");
	}

	@Test
	void awaitWhenTimeIsUpTellsWhereTheTaskStands() throws Exception {
		Gate gate = new Gate(this.directory, "slow");
		TaskHandle<Long> handle = this.executor.submit(gate::pass);
		gate.awaitEntered();
		assertThat(this.tasks.await(handle.id(), Duration.ofMillis(10)).status()).isEqualTo(TaskStatus.RUNNING);
		assertThatIllegalStateException().isThrownBy(() -> this.tasks.result(handle.id()))
			.withMessageContaining("RUNNING");
		CompletableFuture<TaskRecord> waiting = new CompletableFuture<>();
		Thread waiter = new Thread(() -> {
			try {
				waiting.complete(ended(handle.id()));
			}
			catch (InterruptedException ex) {
				waiting.completeExceptionally(ex);
			}
		}, "test-waiter");
		waiter.start();
		gate.letPass();
		assertThat(waiting.get().status()).isEqualTo(TaskStatus.SUCCEEDED);
	}

	@Test
	void allThatWaitForAnIdAreTold() throws Exception {
		Gate gate = new Gate(this.directory, "three");
		TaskHandle<Long> handle = this.executor.submit(gate::pass);
		gate.awaitEntered();
		List<CompletableFuture<TaskRecord>> waiting = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			CompletableFuture<TaskRecord> told = new CompletableFuture<>();
			Thread thread = new Thread(() -> {
				try {
					told.complete(ended(handle.id()));
				}
				catch (InterruptedException ex) {
					told.completeExceptionally(ex);
				}
			}, "waits-" + i);
			thread.start();
			Awaitility.await().atMost(LONG).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
			waiting.add(told);
		}
		gate.letPass();
		assertThat(waiting)
			.allSatisfy((told) -> assertThat(told.get(30, TimeUnit.SECONDS).status()).isEqualTo(TaskStatus.SUCCEEDED));
		assertThat(ended(handle.id())).isEqualTo(waiting.get(0).join());
	}

	@Test
	void unknownIdIsSaidToBeUnknown() {
		assertThat(this.tasks.find("nobody")).isEmpty();
		List.<Runnable>of(() -> this.tasks.require("nobody"), () -> this.tasks.result("nobody"),
				() -> this.tasks.cancel("nobody"))
			.forEach((asking) -> assertThatExceptionOfType(UnknownTaskException.class).isThrownBy(asking::run)
				.withMessageContaining("'nobody'")
				.satisfies((failure) -> assertThat(failure.taskId()).isEqualTo("nobody")));
		assertThatExceptionOfType(UnknownTaskException.class)
			.isThrownBy(() -> this.tasks.await("nobody", Duration.ZERO));
	}

	@Test
	void cancelEndsATaskThatRunsAndOneThatWaits() throws Exception {
		Gate gate = new Gate(this.directory, "cancelled");
		TaskHandle<Long> running = this.executor.submit(gate::pass, id("running"));
		TaskHandle<Long> waiting = this.executor.submit(gate::pass, id("waiting"));
		gate.awaitEntered();
		assertThat(this.tasks.cancel("waiting")).isTrue();
		assertThat(this.tasks.cancel("running")).isTrue();
		assertThat(ended("waiting").status()).isEqualTo(TaskStatus.CANCELLED);
		assertThat(ended("running").status()).isEqualTo(TaskStatus.CANCELLED);
		assertThat(this.tasks.cancel("running")).isFalse();
		assertThat(catchThrowable(running.future()::join)).isNotNull();
		assertThat(waiting.future()).isCancelled();
		assertThat(this.executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void listIsTheNewestFirstInPagesOfThoseThatRunAndThoseThatEnded() throws Exception {
		for (int i = 0; i < 4; i++) {
			this.executor.submit(() -> 1, id("ended-" + i)).future().join();
		}
		Gate gate = new Gate(this.directory, "listed");
		this.executor.submit(gate::pass, id("running"));
		this.executor.submit(gate::pass, id("waiting").withLabel("other"));
		gate.awaitEntered();
		TaskPage all = this.tasks.list(TaskQuery.ALL);
		List<String> paged = new ArrayList<>();
		for (int first = 0; first < 8; first += 2) {
			paged.addAll(ids(TaskQuery.ALL.page(first, 2)));
		}
		List<String> other = ids(TaskQuery.ALL.withLabel("other"));
		List<String> succeeded = ids(TaskQuery.ALL.withStatus(TaskStatus.SUCCEEDED));
		List<String> active = ids(TaskQuery.ALL.ofExecutor("compute").withStatus(TaskStatus.RUNNING));
		gate.letPass();
		ended("running");
		ended("waiting");
		assertThat(all.total()).isEqualTo(6);
		assertThat(paged).containsExactly("waiting", "running", "ended-3", "ended-2", "ended-1", "ended-0");
		assertThat(all.tasks()).extracting(TaskRecord::id).isEqualTo(paged);
		assertThat(other).containsExactly("waiting");
		assertThat(succeeded).containsExactly("ended-3", "ended-2", "ended-1", "ended-0");
		assertThat(active).containsExactly("running");
		assertThat(ids(TaskQuery.ALL.ofExecutor("nobody"))).isEmpty();
	}

	@Test
	void clearForgetsWhatHasEnded() throws Exception {
		Gate gate = new Gate(this.directory, "cleared");
		this.executor.submit(() -> 1, id("a").withLabel("kept")).future().join();
		this.executor.submit(() -> 1, id("b")).future().join();
		this.executor.submit(gate::pass, id("c"));
		assertThat(this.tasks.clear(TaskQuery.ALL.withLabel("kept"))).isEqualTo(1);
		assertThat(ids(TaskQuery.ALL)).containsExactly("c", "b");
		assertThat(this.tasks.clear(TaskQuery.ALL)).isEqualTo(1);
		assertThat(ids(TaskQuery.ALL)).containsExactly("c");
		gate.letPass();
		assertThat(ended("c").status()).isEqualTo(TaskStatus.SUCCEEDED);
		assertThat(this.tasks.clear(TaskQuery.ALL)).isEqualTo(1);
		assertThat(this.tasks.clear(TaskQuery.ALL)).isZero();
	}

	@Test
	void idOfATaskThatHasNotEndedIsRefused() throws Exception {
		Gate gate = new Gate(this.directory, "duplicate");
		OffloadExecutor other = this.registry.getOrCreate(spec("other").build());
		TaskHandle<Long> first = this.executor.submit(gate::pass, id("mine"));
		List.of(this.executor, other)
			.forEach((each) -> assertThatExceptionOfType(DuplicateTaskException.class)
				.isThrownBy(() -> each.submit(() -> 1, id("mine")))
				.withMessageContainingAll("'" + each.name() + "'", "task mine", "another id")
				.satisfies((failure) -> assertThat(failure.taskId()).isEqualTo("mine")));
		assertThat(other.snapshot().rejected()).containsEntry(RejectionReason.DUPLICATE_ID, 1L);
		assertThat(other.snapshot().pending()).isZero();
		gate.letPass();
		assertThat(first.future().join()).isPositive();
		assertThat(this.executor.call(() -> 2, id("mine"))).isEqualTo(2);
		assertThat(this.executor.submit(() -> 3, id("mine")).future().join()).isEqualTo(3);
		assertThat(this.tasks.result("mine")).isEqualTo(3);
		assertThat(ids(TaskQuery.ALL)).containsExactly("mine");
	}

	@Test
	void refusedTaskLeavesARecord() throws Exception {
		OffloadExecutor full = this.registry.getOrCreate(spec("full").maxPending(1).build());
		Gate gate = new Gate(this.directory, "full");
		full.submit(gate::pass, id("first"));
		assertThatExceptionOfType(ExecutorOverloadException.class)
			.isThrownBy(() -> full.submit(() -> 1, id("refused").withMetadata(Map.of("a", "b"))));
		gate.letPass();
		TaskRecord refused = this.tasks.require("refused");
		assertThat(refused.status()).isEqualTo(TaskStatus.REJECTED);
		assertThat(refused.failure().type()).isEqualTo(ExecutorOverloadException.class.getName());
		assertThat(refused.failure().stack()).contains("has no room", "TasksContract");
		assertThat(refused.metadata()).isEqualTo(Map.of("a", "b"));
		assertThat(refused.times().startedAt()).isNull();
		assertThat(refused.times().finishedAt()).isNotNull();
		ended("first");
	}

	@Test
	void callsAndBatchesLeaveRecordsWithoutResults() throws Exception {
		assertThat(this.executor.call(() -> 7, id("called"))).isEqualTo(7);
		BatchOptions options = BatchOptions.DEFAULTS.withTasks(id("batch"));
		assertThat(this.executor.map(List.of(1, 2), (number) -> number + 1, options).results()).containsExactly(2, 3);
		assertThat(ended("called").status()).isEqualTo(TaskStatus.SUCCEEDED);
		assertThat(ended("batch-1").status()).isEqualTo(TaskStatus.SUCCEEDED);
		List.of("called", "batch-1")
			.forEach((id) -> assertThatExceptionOfType(UnknownTaskException.class)
				.isThrownBy(() -> this.tasks.result(id))
				.withMessageContaining("is not kept"));
	}

	@Test
	void eachOfManyTasksHasItsOwnResult() throws Exception {
		List<TaskHandle<Integer>> handles = IntStream.range(0, 100)
			.mapToObj((i) -> this.executor.submit(() -> i * 2))
			.toList();
		for (int i = 0; i < 100; i++) {
			assertThat(ended(handles.get(i).id()).status()).isEqualTo(TaskStatus.SUCCEEDED);
			assertThat(this.tasks.result(handles.get(i).id())).isEqualTo(i * 2);
		}
	}

}
