package dev.offload.dispatch;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CompletionThreads}.
 */
@Timeout(30)
class CompletionThreadsTests {

	private final Deadlines deadlines = new Deadlines("test");

	private final CompletionThreads threads = new CompletionThreads("test", this.deadlines);

	@AfterEach
	void close() {
		this.threads.close();
		this.deadlines.close();
	}

	@Test
	void executeWhenTheActionBeforeBlocksRunsTheNext() throws Exception {
		int depth = 200;
		CountDownLatch all = new CountDownLatch(depth);
		for (int i = 0; i < depth; i++) {
			this.threads.execute(() -> {
				all.countDown();
				awaitQuietly(all);
			});
		}
		assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void executeWhenTheActionBeforeIsBusyRunsTheNext() {
		AtomicBoolean next = new AtomicBoolean();
		CountDownLatch ended = new CountDownLatch(1);
		this.threads.execute(() -> {
			while (!next.get()) {
				Thread.onSpinWait();
			}
			ended.countDown();
		});
		this.threads.execute(() -> next.set(true));
		awaitQuietly(ended);
		assertThat(ended.getCount()).isZero();
	}

	@Test
	void executeWhenOneThreadKeepsUpTakesNoOther() {
		Set<String> names = ConcurrentHashMap.newKeySet();
		for (int i = 0; i < 5; i++) {
			CountDownLatch done = new CountDownLatch(1);
			this.threads.execute(() -> {
				names.add(Thread.currentThread().getName());
				done.countDown();
			});
			awaitQuietly(done);
			awaitIdle();
		}
		assertThat(names).containsExactly("test-completion-1");
	}

	@Test
	void executeFromManyThreadsRunsEachActionOnce() throws Exception {
		AtomicInteger ran = new AtomicInteger();
		List<Thread> callers = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread caller = new Thread(() -> {
				for (int j = 0; j < 20_000; j++) {
					this.threads.execute(ran::incrementAndGet);
				}
			}, "test-caller-" + i);
			caller.start();
			callers.add(caller);
		}
		for (Thread caller : callers) {
			caller.join();
		}
		Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> assertThat(ran).hasValue(80_000));
	}

	@Test
	void actionThatFailsOrInterruptsItsThreadHarmsNoOther() {
		AtomicBoolean interrupted = new AtomicBoolean();
		CountDownLatch done = new CountDownLatch(1);
		this.threads.execute(() -> Thread.currentThread().interrupt());
		this.threads.execute(() -> {
			throw new IllegalStateException("meant to fail");
		});
		this.threads.execute(() -> {
			interrupted.set(Thread.currentThread().isInterrupted());
			done.countDown();
		});
		awaitQuietly(done);
		assertThat(done.getCount()).isZero();
		assertThat(interrupted).isFalse();
	}

	@Test
	void closeWhenActionsWaitBehindOneThatBlocksRunsThem() {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger ran = new AtomicInteger();
		this.threads.execute(() -> awaitQuietly(release));
		for (int i = 0; i < 10; i++) {
			this.threads.execute(ran::incrementAndGet);
		}
		this.threads.close();
		Awaitility.await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(ran).hasValue(10));
		release.countDown();
	}

	@Test
	void executeWhenClosedRunsOnTheCaller() {
		this.threads.close();
		AtomicBoolean here = new AtomicBoolean();
		Thread caller = Thread.currentThread();
		this.threads.execute(() -> here.set(Thread.currentThread().equals(caller)));
		assertThat(here).isTrue();
	}

	@Test
	void closeEndsTheThreads() {
		CountDownLatch done = new CountDownLatch(1);
		Set<Thread> used = ConcurrentHashMap.newKeySet();
		this.threads.execute(() -> {
			used.add(Thread.currentThread());
			done.countDown();
		});
		awaitQuietly(done);
		this.threads.close();
		Awaitility.await()
			.atMost(5, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(used).noneMatch(Thread::isAlive).hasSize(1));
	}

	// Until its thread waits to be woken.
	private void awaitIdle() {
		Awaitility.await()
			.atMost(5, TimeUnit.SECONDS)
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals("test-completion-1"))
				.allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING));
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
