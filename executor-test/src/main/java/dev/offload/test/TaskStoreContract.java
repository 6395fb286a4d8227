package dev.offload.test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offload.TaskFailure;
import dev.offload.TaskPage;
import dev.offload.TaskProgress;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;

/**
 * What every {@link TaskStore} does. A test of an implementation extends it and says how
 * to make one; JUnit and AssertJ come with that test.
 */
public abstract class TaskStoreContract {

	/** All times of these tests are near this one, in what every store can keep. */
	private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private TaskStore store;

	/**
	 * For implementations.
	 */
	protected TaskStoreContract() {
	}

	/**
	 * Makes a store without tasks.
	 * @param resultTtl how long it keeps tasks that have ended
	 * @return the store, which is closed by these tests
	 */
	protected abstract TaskStore create(Duration resultTtl);

	/**
	 * The store under test.
	 * @return the store
	 */
	protected final TaskStore store() {
		return this.store;
	}

	@BeforeEach
	final void createStore() {
		this.store = create(Duration.ofMinutes(10));
	}

	@AfterEach
	final void closeStore() {
		this.store.close();
	}

	/**
	 * A task that was submitted so many seconds after others.
	 * @param id its id
	 * @param status where it stands
	 * @param second when it was submitted
	 * @return the task
	 */
	protected final TaskRecord task(String id, TaskStatus status, int second) {
		Instant submitted = this.now.plusSeconds(second);
		boolean ended = status.isFinal();
		TaskTimes times = new TaskTimes(submitted, (status != TaskStatus.PENDING) ? submitted.plusMillis(10) : null,
				ended ? submitted.plusMillis(30) : null, Duration.ofMillis(10), Duration.ofMillis(ended ? 20 : 0));
		return new TaskRecord("pdf", id, "render", Map.of("tenant", "acme"), status, 1, 4711, times, null, null);
	}

	@Test
	final void emptyStoreKnowsNothing() {
		Assertions.assertThat(this.store.find("unknown")).isEmpty();
		Assertions.assertThat(this.store.findRecord("unknown")).isEmpty();
		Assertions.assertThat(this.store.list(TaskQuery.ALL)).isEqualTo(new TaskPage(List.of(), 0));
		Assertions.assertThat(this.store.clear(TaskQuery.ALL)).isZero();
	}

	@Test
	final void findReturnsWhatWasSaved() {
		TaskTimes times = new TaskTimes(this.now, this.now.plusMillis(10), this.now.plusMillis(30),
				Duration.ofMillis(10), Duration.ofMillis(20));
		TaskRecord task = new TaskRecord("pdf", "full", "render #1",
				Map.of("a", "\"1\"\n", "b", "\u00fc\u20ac\ud83d\ude00"), TaskStatus.FAILED, 3, 4711, times,
				new TaskProgress(5, 9, "page 5", this.now.plusMillis(20)),
				new TaskFailure("java.lang.IllegalStateException", "no paper", "at com.acme.Printer"));
		this.store.save(new StoredTask(task));
		Assertions.assertThat(this.store.find("full")).contains(new StoredTask(task));
		Assertions.assertThat(this.store.findRecord("full")).contains(task);
		Assertions.assertThat(listed(TaskQuery.ALL)).containsExactly(task);
	}

	@Test
	final void findReturnsTheResultThatWasSaved() {
		save("list", List.of("a", "b"));
		save("none", null);
		save("optional", Optional.of("c"));
		Assertions.assertThat(result("list")).isEqualTo(List.of("a", "b"));
		Assertions.assertThat(this.store.find("none").orElseThrow().hasResult()).isTrue();
		Assertions.assertThat(result("none")).isNull();
		Assertions.assertThat(result("optional")).isEqualTo(Optional.of("c"));
	}

	@Test
	final void laterStateOfATaskReplacesTheEarlier() {
		for (TaskStatus status : List.of(TaskStatus.RUNNING, TaskStatus.SUCCEEDED)) {
			this.store.save(new StoredTask(task("one", status, 1)));
			Assertions.assertThat(this.store.find("one").orElseThrow().task()).isEqualTo(task("one", status, 1));
		}
		Assertions.assertThat(this.store.list(TaskQuery.ALL).total()).isEqualTo(1);
	}

	@Test
	final void laterTaskOfTheSameIdReplacesTheEarlier() {
		save("one", "first");
		this.store.save(new StoredTask(task("one", TaskStatus.CANCELLED, 7)));
		Assertions.assertThat(this.store.find("one")).contains(new StoredTask(task("one", TaskStatus.CANCELLED, 7)));
		this.store.save(new StoredTask(task("one", TaskStatus.RUNNING, 9)));
		Assertions.assertThat(this.store.list(TaskQuery.ALL))
			.isEqualTo(new TaskPage(List.of(task("one", TaskStatus.RUNNING, 9)), 1));
		Assertions.assertThat(this.store.list(TaskQuery.ALL.withStatus(TaskStatus.CANCELLED)).total()).isZero();
	}

	@Test
	final void refusedTaskOfTheSameIdDoesNotReplaceOneThatRan() {
		save("one", "first");
		StoredTask refused = new StoredTask(task("one", TaskStatus.REJECTED, 7), false, null, true);
		this.store.save(refused);
		Assertions.assertThat(result("one")).isEqualTo("first");
		Assertions.assertThat(listed(TaskQuery.ALL))
			.extracting(TaskRecord::status)
			.containsExactly(TaskStatus.SUCCEEDED);
		this.store.save(new StoredTask(task("other", TaskStatus.REJECTED, 7)));
		Assertions.assertThat(this.store.findRecord("other")).contains(task("other", TaskStatus.REJECTED, 7));
		save("other", "later");
		Assertions.assertThat(result("other")).isEqualTo("later");
	}

	@Test
	final void listsTheNewestFirstPageByPage() {
		for (int i = 0; i < 5; i++) {
			this.store.save(new StoredTask(task("task-" + i, TaskStatus.SUCCEEDED, i)));
		}
		TaskPage page = this.store.list(TaskQuery.ALL.page(1, 2));
		Assertions.assertThat(page.total()).isEqualTo(5);
		Assertions.assertThat(page.tasks()).extracting(TaskRecord::id).containsExactly("task-3", "task-2");
		Assertions.assertThat(this.store.list(TaskQuery.ALL.page(9, 2))).isEqualTo(new TaskPage(List.of(), 5));
	}

	@Test
	final void listsOnlyWhatWasAskedFor() {
		TaskRecord failed = task("failed", TaskStatus.FAILED, 2);
		TaskRecord other = new TaskRecord("ocr", "other", "scan", Map.of(), TaskStatus.SUCCEEDED, 1, -1, failed.times(),
				null, null);
		save("good", 1);
		this.store.save(new StoredTask(failed));
		this.store.save(new StoredTask(other));
		Assertions.assertThat(listed(TaskQuery.ALL.ofExecutor("ocr"))).containsExactly(other);
		Assertions.assertThat(listed(TaskQuery.ALL.withLabel("scan"))).containsExactly(other);
		Assertions.assertThat(listed(TaskQuery.ALL.withStatus(TaskStatus.FAILED, TaskStatus.CRASHED)))
			.containsExactly(failed);
		Assertions.assertThat(listed(TaskQuery.ALL.ofExecutor("ocr").withStatus(TaskStatus.FAILED))).isEmpty();
	}

	@Test
	final void clearForgetsWhatWasAskedFor() {
		for (int i = 0; i < 5; i++) {
			save("task-" + i, i);
		}
		this.store.save(new StoredTask(task("failed", TaskStatus.FAILED, 9)));
		Assertions.assertThat(this.store.clear(TaskQuery.ALL.withStatus(TaskStatus.SUCCEEDED).page(0, 1))).isEqualTo(5);
		Assertions.assertThat(this.store.find("task-1")).isEmpty();
		Assertions.assertThat(listed(TaskQuery.ALL)).extracting(TaskRecord::id).containsExactly("failed");
		Assertions.assertThat(this.store.clear(TaskQuery.ALL)).isEqualTo(1);
		Assertions.assertThat(this.store.clear(TaskQuery.ALL)).isZero();
	}

	@Test
	final void clearLeavesWhatHasNotEnded() {
		if (!this.store.savesUnfinished()) {
			return;
		}
		this.store.save(new StoredTask(task("waiting", TaskStatus.PENDING, 1)));
		this.store.save(new StoredTask(task("running", TaskStatus.RUNNING, 2)));
		save("ended", "x");
		Assertions.assertThat(this.store.clear(TaskQuery.ALL)).isEqualTo(1);
		Assertions.assertThat(listed(TaskQuery.ALL)).extracting(TaskRecord::id).containsExactly("running", "waiting");
	}

	@Test
	final void forgetsTasksWhoseTimeIsOver() {
		try (TaskStore brief = create(Duration.ofMillis(1))) {
			Instant past = Instant.now().minusSeconds(5);
			TaskTimes times = new TaskTimes(past, past, past, Duration.ZERO, Duration.ZERO);
			brief.save(new StoredTask(
					new TaskRecord("pdf", "past", "render", Map.of(), TaskStatus.SUCCEEDED, 1, -1, times, null, null),
					true, "x"));
			Assertions.assertThat(expires(brief)).isTrue();
			Assertions.assertThat(brief.list(TaskQuery.ALL)).isEqualTo(new TaskPage(List.of(), 0));
		}
	}

	// Its time may count from its end, or from when it was saved.
	private static boolean expires(TaskStore brief) {
		long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
		while (brief.find("past").isPresent()) {
			if (System.nanoTime() > end) {
				return false;
			}
			Thread.onSpinWait();
		}
		return true;
	}

	private void save(String id, @Nullable Object result) {
		this.store.save(new StoredTask(task(id, TaskStatus.SUCCEEDED, 1), true, result));
	}

	private @Nullable Object result(String id) {
		return this.store.find(id).orElseThrow().result();
	}

	private List<TaskRecord> listed(TaskQuery query) {
		return this.store.list(query).tasks();
	}

}
