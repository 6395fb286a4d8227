package dev.offload.dispatch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskTelling}.
 */
class TaskTellingTests {

	private final TaskTelling telling = new TaskTelling();

	private final List<String> told = new CopyOnWriteArrayList<>();

	private void tell(EventKind kind, int attempt) {
		this.telling.tell(kind, attempt, () -> this.told.add(kind + " " + attempt));
	}

	@Test
	void tellWhenAttemptIsOverTellsNothingMoreOfIt() {
		tell(EventKind.TASK_STARTED, 1);
		tell(EventKind.TASK_RETRYING, 1);
		tell(EventKind.TASK_PROGRESS, 1);
		tell(EventKind.TASK_STARTED, 2);
		tell(EventKind.TASK_COMPLETED, 3);
		tell(EventKind.TASK_STARTED, 3);
		tell(EventKind.TASK_COMPLETED, 3);
		assertThat(this.told).containsExactly("TASK_STARTED 1", "TASK_RETRYING 1", "TASK_STARTED 2",
				"TASK_COMPLETED 3");
	}

	@Test
	void tellWhileAnotherThreadTellsComesAfterItAndDoesNotWait() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Thread slow = new Thread(() -> this.telling.tell(EventKind.TASK_STARTED, 1, () -> {
			entered.countDown();
			try {
				assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.told.add("slow");
		}), "test-slow");
		slow.start();
		assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
		tell(EventKind.TASK_PROGRESS, 1);
		tell(EventKind.TASK_COMPLETED, 1);
		assertThat(this.told).isEmpty();
		release.countDown();
		slow.join();
		assertThat(this.told).containsExactly("slow", "TASK_PROGRESS 1", "TASK_COMPLETED 1");
	}

	@Test
	void tellFromManyThreadsAtOnceTellsAllOneAfterAnother() throws Exception {
		for (int round = 0; round < 200; round++) {
			TaskTelling one = new TaskTelling();
			int[] unguarded = new int[1];
			CyclicBarrier barrier = new CyclicBarrier(3);
			Runnable many = () -> {
				try {
					barrier.await();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
				for (int i = 0; i < 50; i++) {
					one.tell(EventKind.TASK_PROGRESS, 1, () -> unguarded[0]++);
				}
			};
			Thread first = new Thread(many, "test-first");
			Thread second = new Thread(many, "test-second");
			first.start();
			second.start();
			barrier.await();
			first.join();
			second.join();
			assertThat(unguarded[0]).isEqualTo(100);
		}
	}

}
