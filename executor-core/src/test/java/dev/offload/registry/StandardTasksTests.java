package dev.offload.registry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.Tasks;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StandardTasks} between tasks that have not ended and a store.
 */
class StandardTasksTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final BrittleStore store = new BrittleStore();

	private StandardExecutorRegistry registry;

	private OffloadExecutor executor;

	@BeforeEach
	void start() {
		this.registry = StandardExecutorRegistry.builder()
			.factory(new ThreadExecutorFactory())
			.store(this.store)
			.build();
		this.executor = executor("pool");
	}

	@AfterEach
	void close() {
		this.registry.close();
	}

	private OffloadExecutor executor(String name) {
		return this.registry.getOrCreate(ExecutorSpec.builder(name).type("thread").maxWorkers(1).maxPending(1).build());
	}

	private static TaskOptions id(String id) {
		return TaskOptions.DEFAULTS.withId(id);
	}

	@Test
	void exceptionThatCannotBeReadEndsItsTaskAndFreesItsPlace() throws Exception {
		for (int i = 0; i < 3; i++) {
			TaskHandle<Object> handle = this.executor.submit(() -> {
				throw new UnreadableException();
			}, id("unreadable"));
			// The future of the JDK would read its message.
			Awaitility.await().atMost(LONG).until(() -> handle.future().isDone());
			TaskRecord task = this.registry.tasks().await("unreadable", LONG);
			assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
			assertThat(Objects.requireNonNull(task.failure()).type()).isEqualTo(UnreadableException.class.getName());
			assertThat(task.failure().stack()).startsWith(UnreadableException.class.getName());
		}
	}

	@Test
	void errorOfAStoreIsCountedAndTheTaskEnds() throws Exception {
		this.store.failure = new StackOverflowError("store");
		assertThat(this.executor.submit(() -> 1, id("a")).future()).succeedsWithin(LONG).isEqualTo(1);
		assertThat(this.executor.submit(() -> 2, id("a")).future()).succeedsWithin(LONG).isEqualTo(2);
		assertThat(this.registry.tasks().find("a")).isEmpty();
		assertThat(this.registry.tasks().storeFailures()).isEqualTo(2);
		assertThat(this.executor.snapshot().pending()).isZero();
	}

	@Test
	void madeIdsAreNotMadeTwice() {
		List<String> ids = IntStream.range(0, 3).mapToObj((i) -> {
			TaskHandle<Integer> handle = executor("pool").submit(() -> 1);
			handle.future().join();
			this.registry.close();
			start();
			return handle.id();
		}).toList();
		assertThat(ids).doesNotHaveDuplicates().allMatch((id) -> id.matches("pool-[0-9a-f]{16}-1"));
	}

	@Test
	void taskWhoseIdIsUsedAgainIsListedAsItIsNow() {
		CountDownLatch gate = new CountDownLatch(1);
		this.executor.submit(() -> 1, id("again")).future().join();
		TaskHandle<Boolean> second = this.executor.submit(() -> gate.await(20, TimeUnit.SECONDS), id("again"));
		TaskPage page = this.registry.tasks().list(TaskQuery.ALL);
		assertThat(page.total()).isEqualTo(1);
		assertThat(page.tasks()).singleElement().matches((task) -> !task.status().isFinal());
		gate.countDown();
		assertThat(second.future()).succeedsWithin(LONG);
		assertThat(this.registry.tasks().list(TaskQuery.ALL).tasks()).singleElement()
			.matches((task) -> task.status() == TaskStatus.SUCCEEDED);
	}

	@Test
	void taskWhoseIdIsUsedAgainIsCountedOnceOnEachPage() {
		for (TaskStore each : List.of(MemoryTaskStore.builder().build(), new BrittleStore())) {
			try (StandardExecutorRegistry tasks = StandardExecutorRegistry.builder()
				.factory(new ThreadExecutorFactory())
				.store(each)
				.build()) {
				OffloadExecutor pool = tasks.getOrCreate(ExecutorSpec.builder("pages").type("thread").build());
				List.of("again", "b", "c", "d", "e").forEach((id) -> pool.submit(() -> 1, id(id)).future().join());
				CountDownLatch gate = new CountDownLatch(1);
				TaskHandle<Boolean> second = pool.submit(() -> gate.await(20, TimeUnit.SECONDS), id("again"));
				assertPages(tasks.tasks(), TaskQuery.ALL, "again", "e", "d", "c", "b");
				assertPages(tasks.tasks(), TaskQuery.ALL.withStatus(TaskStatus.SUCCEEDED), "e", "d", "c", "b");
				gate.countDown();
				assertThat(second.future()).succeedsWithin(LONG);
				assertPages(tasks.tasks(), TaskQuery.ALL, "again", "e", "d", "c", "b");
			}
		}
	}

	private static void assertPages(Tasks tasks, TaskQuery query, String... ids) {
		for (int first = 0; first <= ids.length; first++) {
			TaskPage page = tasks.list(query.page(first, 2));
			assertThat(page.total()).isEqualTo(ids.length);
			assertThat(page.tasks()).extracting(TaskRecord::id)
				.containsExactly(Arrays.copyOfRange(ids, first, Math.min(ids.length, first + 2)));
		}
	}

	@Test
	void taskThatWasRefusedDoesNotHideTheOneThatRan() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		assertThat(this.executor.submit(() -> "result", id("mine")).future()).succeedsWithin(LONG);
		TaskHandle<Boolean> first = this.executor.submit(() -> gate.await(20, TimeUnit.SECONDS));
		assertThatExceptionOfType(ExecutorOverloadException.class)
			.isThrownBy(() -> this.executor.submit(() -> 1, id("mine")));
		assertThat(this.registry.tasks().result("mine")).isEqualTo("result");
		gate.countDown();
		assertThat(first.future()).succeedsWithin(LONG);
	}

	private static final class UnreadableException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new AssertionError("no message");
		}

		@Override
		public synchronized Throwable getCause() {
			throw new IllegalStateException("no cause");
		}

		@Override
		@SuppressWarnings("NullAway")
		public StackTraceElement[] getStackTrace() {
			return null;
		}

	}

	/**
	 * Fails to save when it is told to.
	 */
	private static final class BrittleStore implements TaskStore {

		private final TaskStore store = MemoryTaskStore.builder().build();

		private volatile @Nullable Error failure;

		@Override
		public void save(StoredTask task) {
			Error error = this.failure;
			if (error != null) {
				throw error;
			}
			this.store.save(task);
		}

		@Override
		public Optional<StoredTask> find(String id) {
			return this.store.find(id);
		}

		@Override
		public TaskPage list(TaskQuery query) {
			return this.store.list(query);
		}

		@Override
		public long clear(TaskQuery query) {
			return this.store.clear(query);
		}

	}

}
