package dev.offload.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.offload.TaskOptions;
import dev.offload.spi.CarriedContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskQueue}.
 */
class TaskQueueTests {

	private static final long NOW = System.nanoTime();

	private final TaskQueue queue = new TaskQueue();

	private long lastNumber;

	@Test
	void pollWhenPrioritiesAreEqualGivesFirstInFirstOut() {
		List<PendingTask> tasks = add(0, 0, 0, 0);
		assertThat(drain()).containsExactlyElementsOf(tasks);
	}

	@Test
	void pollGivesTheLowestPriorityFirstAndFirstInFirstOutWithinIt() {
		List<PendingTask> tasks = add(0, 5, -1, 0, 5, -1);
		assertThat(drain()).containsExactly(tasks.get(2), tasks.get(5), tasks.get(0), tasks.get(3), tasks.get(1),
				tasks.get(4));
	}

	@Test
	void pollGivesTheExtremesInOrder() {
		List<PendingTask> tasks = add(Integer.MAX_VALUE, 0, Integer.MIN_VALUE, Integer.MAX_VALUE - 1,
				Integer.MIN_VALUE + 1);
		assertThat(drain()).containsExactly(tasks.get(2), tasks.get(4), tasks.get(1), tasks.get(3), tasks.get(0));
	}

	@Test
	void rankCountsAStepOfPriorityAsAMinuteOfWaiting() {
		long minuteAgo = NOW - Duration.ofMinutes(1).toNanos();
		long moment = Duration.ofMillis(2).toNanos();
		assertThat(TaskQueue.rank(minuteAgo + moment, 1)).isGreaterThan(TaskQueue.rank(NOW, 0));
		assertThat(TaskQueue.rank(minuteAgo - moment, 1)).isLessThan(TaskQueue.rank(NOW, 0));
	}

	@Test
	void rankOfTheLeastUrgentThatHasWaitedLongEnoughIsTheLowest() {
		long longAgo = NOW - Duration.ofHours(17).toNanos();
		assertThat(TaskQueue.rank(longAgo, 1000)).isLessThan(TaskQueue.rank(NOW, 0));
	}

	@Test
	void addWhenATaskComesBackGivesItItsPlaceAgain() {
		List<PendingTask> tasks = add(0, 0, 0);
		PendingTask first = this.queue.poll();
		assertThat(first).isSameAs(tasks.get(0));
		this.queue.add(tasks.get(0));
		assertThat(drain()).containsExactlyElementsOf(tasks);
	}

	@Test
	void removeTakesOutAnyTaskOnce() {
		List<PendingTask> tasks = add(3, 0, 2, 0, 1, 3, 0, 2);
		List<PendingTask> order = new ArrayList<>(tasks);
		Collections.shuffle(order, new Random(1));
		for (PendingTask task : order) {
			assertThat(this.queue.stream()).contains(task);
			assertThat(this.queue.remove(task)).isTrue();
			assertThat(this.queue.remove(task)).isFalse();
			assertThat(this.queue.stream()).doesNotContain(task);
		}
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.poll()).isNull();
	}

	@Test
	void clearGivesAllInOrderAndKeepsNone() {
		List<PendingTask> tasks = add(1, 0);
		assertThat(this.queue.size()).isEqualTo(2);
		assertThat(this.queue.clear()).containsExactly(tasks.get(1), tasks.get(0));
		assertThat(this.queue.size()).isZero();
	}

	@Test
	void pollWhenKeysWaitLetsThemTakeTurns() {
		List<PendingTask> without = add(0, 0);
		List<PendingTask> large = addFor("large", 0, 0, 0, 0);
		List<PendingTask> small = addFor("small", 0, 0);
		assertThat(drain()).containsExactly(without.get(0), large.get(0), small.get(0), without.get(1), large.get(1),
				small.get(1), large.get(2), large.get(3));
	}

	@Test
	void pollWhenAKeyComesAgainGivesItItsTurnAfterTheOthers() {
		List<PendingTask> large = addFor("large", 0, 0, 0, 0);
		List<PendingTask> small = addFor("small", 0);
		assertThat(this.queue.poll()).isSameAs(large.get(0));
		assertThat(this.queue.poll()).isSameAs(small.get(0));
		List<PendingTask> again = addFor("small", 0);
		assertThat(drain()).containsExactly(large.get(1), again.get(0), large.get(2), large.get(3));
	}

	@Test
	void pollWhenKeysWaitGivesTheLowestPriorityFirst() {
		List<PendingTask> large = addFor("large", 0, 0, 5, 5);
		List<PendingTask> small = addFor("small", 5, -1, 0);
		assertThat(drain()).containsExactly(small.get(1), large.get(0), small.get(2), large.get(1), large.get(2),
				small.get(0), large.get(3));
	}

	@Test
	void removeWhenKeysWaitTakesOutAnyTaskOnce() {
		List<PendingTask> large = addFor("large", 0, 0, 0);
		List<PendingTask> small = addFor("small", 0, 1);
		assertThat(this.queue.remove(large.get(0))).isTrue();
		assertThat(this.queue.remove(large.get(0))).isFalse();
		assertThat(this.queue.remove(small.get(0))).isTrue();
		assertThat(drain()).containsExactly(large.get(1), large.get(2), small.get(1));
		assertThat(this.queue.poll()).isNull();
		List<PendingTask> more = addFor("large", 0);
		assertThat(this.queue.clear()).containsExactlyElementsOf(more);
		assertThat(this.queue.poll()).isNull();
	}

	private List<PendingTask> add(int... priorities) {
		return add(TaskOptions.DEFAULTS, priorities);
	}

	private List<PendingTask> addFor(String key, int... priorities) {
		return add(TaskOptions.DEFAULTS.withFairKey(key), priorities);
	}

	private List<PendingTask> add(TaskOptions options, int... priorities) {
		List<PendingTask> tasks = new ArrayList<>();
		for (int priority : priorities) {
			PendingTask task = new PendingTask(++this.lastNumber,
					new Submission("queue", "id", "priority " + priority, options), new Work.OfTask(() -> null),
					new TaskTerms(Duration.ZERO, Duration.ZERO, Duration.ZERO, priority, null),
					new TaskLuggage(null, CarriedContext.NONE, null, null));
			this.queue.add(task);
			tasks.add(task);
		}
		return tasks;
	}

	private List<PendingTask> drain() {
		List<PendingTask> tasks = new ArrayList<>();
		for (PendingTask task = this.queue.poll(); task != null; task = this.queue.poll()) {
			tasks.add(task);
		}
		return tasks;
	}

}
