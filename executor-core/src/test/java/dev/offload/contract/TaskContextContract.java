package dev.offload.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.CurrentTask;
import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskContext;
import dev.offload.TaskEvent;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskProgress;
import dev.offload.TaskStatus;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tasks know of themselves and say of their progress, where they run on other
 * threads than their callers'. One executor serves all tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TaskContextContract {

	private final List<TaskProgress> heard = new CopyOnWriteArrayList<>();

	@TempDir
	@Nullable Path directory;

	private @Nullable OffloadExecutor made;

	/**
	 * The factory of the type.
	 * @param listener to be told
	 * @return the factory
	 */
	protected abstract ExecutorFactory factory(ExecutorListener listener);

	@BeforeAll
	void create() {
		ExecutorFactory factory = factory(new DirectExecutorListener() {
			@Override
			public void taskProgress(TaskEvent event, TaskProgress progress) {
				assertThat(event.status()).isEqualTo(TaskStatus.RUNNING);
				TaskContextContract.this.heard.add(progress);
			}
		});
		this.made = factory.create(ExecutorSpec.builder("compute").type(factory.type()).maxWorkers(1).build());
	}

	@AfterAll
	void close() {
		executor().closeNow();
	}

	private OffloadExecutor executor() {
		return Objects.requireNonNull(this.made);
	}

	private Gate gate(String name) {
		return new Gate(Objects.requireNonNull(this.directory), name);
	}

	private static <T> T await(TaskHandle<T> handle) throws Exception {
		return handle.future().get(30, TimeUnit.SECONDS);
	}

	@Test
	void idAndAttemptAreThoseOfTheHandle() throws Exception {
		TaskHandle<String> handle = executor().submit(() -> TaskContext.current().id());
		assertThat(await(handle)).isEqualTo(handle.id()).isNotEmpty();
		TaskOptions options = TaskOptions.DEFAULTS.withId("ünique-7");
		assertThat(await(executor().submit(() -> TaskContext.current().id(), options))).isEqualTo("ünique-7");
		assertThat(executor().call(() -> TaskContext.current().attempt())).isEqualTo(1);
		assertThat(TaskContext.current().id()).isEmpty();
	}

	@Test
	void deadlineIsTheSoonerOfLimitAndDeadline() throws Exception {
		TaskOptions both = TaskOptions.DEFAULTS.withTimeout(Duration.ofMinutes(10))
			.withDeadline(Instant.now().plus(Duration.ofHours(1)));
		assertThat(deadline(both)).isBetween(Instant.now().plusSeconds(580), Instant.now().plusSeconds(600));
		Instant soon = Instant.now().plus(Duration.ofMinutes(5));
		assertThat(deadline(both.withDeadline(soon))).isBetween(soon.minusSeconds(2), soon.plusSeconds(2));
		TaskOptions none = TaskOptions.DEFAULTS.withTimeout(Duration.ZERO);
		assertThat(executor().call(() -> TaskContext.current().deadline().isEmpty(), none)).isTrue();
	}

	private Instant deadline(TaskOptions options) throws Exception {
		return executor().call(() -> {
			TaskContext self = TaskContext.current();
			assertThat(self.deadline()).isEqualTo(self.deadline());
			return self.deadline().orElseThrow();
		}, options);
	}

	@Test
	void progressReachesItsHandleWhileTheTaskRuns() throws Exception {
		Gate first = gate("first");
		Gate second = gate("second");
		TaskHandle<Long> handle = executor().submit(() -> {
			TaskContext self = TaskContext.current();
			self.progress(1, 3, "one");
			first.pass();
			self.progress(2, 3);
			self.progress(2, 3, "two");
			second.pass();
			self.progress(3, -1);
			return 7L;
		});
		awaitProgress(handle, 1, "one");
		first.letPass();
		awaitProgress(handle, 2, "two");
		assertThat(handle.status()).isEqualTo(TaskStatus.RUNNING);
		second.letPass();
		assertThat(await(handle)).isEqualTo(7);
		TaskProgress last = handle.progress().orElseThrow();
		assertThat(last.done()).isEqualTo(3);
		assertThat(last.total()).isEqualTo(-1);
		assertThat(last.message()).isNull();
		awaitHeard(last);
	}

	private static void awaitProgress(TaskHandle<?> handle, long done, String message) {
		await(() -> handle.progress()
			.filter((told) -> told.done() == done && message.equals(told.message()))
			.isPresent());
	}

	// Listeners may hear of it later than the task ends.
	private void awaitHeard(TaskProgress progress) {
		await(() -> this.heard.contains(progress));
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(condition);
	}

	@Test
	void progressSaidAMillionTimesIsToldFewTimesAndTheLastArrives() throws Exception {
		String text = "\uD800" + "ü".repeat(2000);
		this.heard.clear();
		long begin = System.nanoTime();
		TaskHandle<String> handle = executor().submit(() -> {
			for (int i = 1; i <= 1_000_000; i++) {
				// To cut a long one takes its time.
				TaskContext.current().progress(i, 1_000_000, (i % 50 == 0) ? text : "step");
			}
			return "done";
		});
		assertThat(await(handle)).isEqualTo("done");
		long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
		assertThat(handle.progress().orElseThrow().done()).isEqualTo(1_000_000);
		awaitHeard(handle.progress().orElseThrow());
		assertThat(this.heard).hasSizeLessThanOrEqualTo((int) (13 + 10 * seconds));
	}

	@Test
	void progressOfACallIsHeardToo() throws Exception {
		this.heard.clear();
		assertThat(executor().call(() -> {
			TaskContext.current().progress(5, 8, "called");
			return 1;
		})).isEqualTo(1);
		await(() -> this.heard.size() == 1);
		assertThat(this.heard.get(0).done()).isEqualTo(5);
	}

	@Test
	void progressFromAThreadOfTheTaskCountsUntilTheTaskHasEnded() throws Exception {
		this.heard.clear();
		String leftBehind = executor().submit(() -> {
			TaskContext self = TaskContext.current();
			Thread thread = new Thread(() -> {
				CurrentTask.set(self);
				TaskContext.current().progress(1, 2);
			});
			thread.start();
			thread.join();
			LeftBehind.context = self;
			return self.id();
		}).future().get(30, TimeUnit.SECONDS);
		await(() -> this.heard.size() == 1);
		assertThat(executor().call(() -> {
			TaskContext of = Objects.requireNonNull(LeftBehind.context);
			of.progress(2, 2);
			return of.id();
		})).isEqualTo(leftBehind);
		assertThat(this.heard).hasSize(1);
	}

	@Test
	void isCancelledIsSeenAlsoByATaskThatClearsItsInterrupt() throws Exception {
		Gate gate = gate("stop");
		String seen = Objects.requireNonNull(this.directory).resolve("seen").toString();
		TaskHandle<Boolean> handle = executor().submit(() -> {
			boolean before = TaskContext.current().isCancelled();
			try {
				gate.pass();
			}
			catch (InterruptedException ex) {
				Files.createFile(Path.of(seen + "-" + before + "-" + TaskContext.current().isCancelled()));
			}
			return true;
		});
		gate.awaitEntered();
		handle.cancel();
		await(() -> Files.exists(Path.of(seen + "-false-true")));
	}

	/**
	 * What a task leaves behind where it ran.
	 */
	static final class LeftBehind {

		static volatile @Nullable TaskContext context;

		private LeftBehind() {
		}

	}

}
