package dev.offload.dispatch;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.CompositeExecutorListener;
import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventQueue} and {@link SafeListener}.
 */
class EventQueueTests {

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final ExecutorListener listener = new ExecutorListener() {

		@Override
		public void executorPaused(String executor, boolean paused) {
			EventQueueTests.this.heard.add(executor);
			EventQueueTests.this.entered.countDown();
			try {
				EventQueueTests.this.release.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void eventsDropped(String executor, long count) {
			EventQueueTests.this.heard.add(executor + " dropped " + count);
		}

	};

	private static long soon() {
		return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
	}

	@Test
	void putWhenTooManyWaitDropsOldestAndSaysHowMany() throws Exception {
		EventQueue queue = new EventQueue("pool", 1, this.listener);
		queue.put((each) -> each.executorPaused("first", true));
		assertThat(this.entered.await(20, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < EventQueue.CAPACITY + 3; i++) {
			String name = "event " + i;
			queue.put((each) -> each.executorPaused(name, true));
		}
		this.release.countDown();
		queue.flush(soon());
		assertThat(this.heard).hasSize(EventQueue.CAPACITY + 2)
			.startsWith("first", "pool dropped 3", "event 3")
			.endsWith("event " + (EventQueue.CAPACITY + 2));
	}

	@Test
	void eventThatWasToldIsNotHeldWhileOthersAre() throws Exception {
		EventQueue queue = new EventQueue("pool", 1, this.listener);
		CountDownLatch open = new CountDownLatch(1);
		queue.put((each) -> awaitQuietly(open));
		WeakReference<Object> told = new WeakReference<>(putWithAFailure(queue));
		queue.put((each) -> each.executorPaused("second", true));
		open.countDown();
		assertThat(this.entered.await(20, TimeUnit.SECONDS)).isTrue();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			System.gc();
			return told.get() == null;
		});
		this.release.countDown();
		queue.flush(soon());
	}

	private static Object putWithAFailure(EventQueue queue) {
		Exception failure = new IllegalStateException();
		queue.put((each) -> each.eventsDropped(failure.getClass().getName(), 1));
		return failure;
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void putFromManyThreadsKeepsTheOrderOfEach() throws Exception {
		this.release.countDown();
		EventQueue queue = new EventQueue("pool", 1, this.listener);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			String prefix = i + "-";
			threads.add(new Thread(() -> {
				for (int j = 100; j < 600; j++) {
					String name = prefix + j;
					queue.put((each) -> each.executorPaused(name, true));
				}
			}, "test-putter-" + i));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		queue.flush(soon());
		assertThat(this.heard).hasSize(2000);
		for (int i = 0; i < 4; i++) {
			String prefix = i + "-";
			assertThat(this.heard.stream().filter((name) -> name.startsWith(prefix))).hasSize(500).isSorted();
		}
	}

	@Test
	void flushWhenListenerIsStuckEndsInTime() throws Exception {
		EventQueue queue = new EventQueue("pool", 1, this.listener);
		queue.put((each) -> each.executorPaused("stuck", true));
		assertThat(this.entered.await(20, TimeUnit.SECONDS)).isTrue();
		queue.flush(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20));
		assertThat(this.heard).containsExactly("stuck");
		this.release.countDown();
	}

	@Test
	void flushWithinAnEventDoesNotWaitForItself() {
		EventQueue queue = new EventQueue("pool", 1, new ExecutorListener() {
		});
		queue.put((each) -> {
			queue.flush(soon());
			this.heard.add("flushed");
		});
		queue.flush(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
		assertThat(this.heard).containsExactly("flushed");
	}

	@Test
	void listenersWhenOneThrowsAnythingAllAreToldOfAll() {
		ExecutorListener failing = new ExecutorListener() {
			@Override
			public void executorChanged(String executor, ExecutorState state) {
				throw new AssertionError("a listener that fails");
			}
		};
		ExecutorListener direct = new DirectExecutorListener() {
			@Override
			public void executorChanged(String executor, ExecutorState state) {
				EventQueueTests.this.heard.add(Thread.currentThread().getName() + " " + state);
				throw new AssertionError("a direct one that fails");
			}
		};
		ExecutorListener queued = new ExecutorListener() {
			@Override
			public void executorChanged(String executor, ExecutorState state) {
				EventQueueTests.this.heard.add(Thread.currentThread().getName() + " " + state);
			}
		};
		SafeListener all = new SafeListener("pool", new CompositeExecutorListener(
				List.of(failing, new CompositeExecutorListener(List.of(direct)), queued)));
		String here = Thread.currentThread().getName();
		all.executorChanged("pool", ExecutorState.OPEN);
		all.executorChanged("pool", ExecutorState.CLOSED);
		all.flush();
		assertThat(this.heard).containsExactlyInAnyOrder(here + " OPEN", here + " CLOSED", "pool-events-2 OPEN",
				"pool-events-2 CLOSED");
	}

	@Test
	void listenersHearOnlyWhatTheyOverride() {
		SafeListener some = new SafeListener("pool", this.listener);
		assertThat(some.hears(EventKind.EXECUTOR_PAUSED)).isTrue();
		assertThat(some.hears(EventKind.EVENTS_DROPPED)).isTrue();
		assertThat(some.hears(EventKind.TASK_SUBMITTED)).isFalse();
		SafeListener none = new SafeListener("pool", ExecutorListener.NONE);
		assertThat(EventKind.values()).noneMatch(none::hears);
	}

}
