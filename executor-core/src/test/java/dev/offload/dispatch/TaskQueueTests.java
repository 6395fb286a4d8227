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

	private List<PendingTask> add(int... priorities) {
		List<PendingTask> tasks = new ArrayList<>();
		for (int priority : priorities) {
			PendingTask task = new PendingTask(++this.lastNumber,
					new Submission("queue", "id", "priority " + priority, TaskOptions.DEFAULTS),
					new Work.OfTask(() -> null),
					new PendingTask.Terms(Duration.ZERO, Duration.ZERO, Duration.ZERO, priority, null),
					new PendingTask.Luggage(null, CarriedContext.NONE, null, null));
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
