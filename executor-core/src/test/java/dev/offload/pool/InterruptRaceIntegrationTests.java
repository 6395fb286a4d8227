package dev.offload.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorSnapshot;
import dev.offload.OffloadExecutor;
import dev.offload.StartMode;
import dev.offload.TaskEvent;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerState;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Races of interrupts with everything else: whatever they hit, no connection is harmed,
 * so no worker is lost.
 */
class InterruptRaceIntegrationTests extends AbstractPool {

	private static final int CALLERS = 6;

	private static final int CALLS = 400;

	@Test
	void interruptsOfCallersCancelTheirTasksAndHarmNoConnection() throws Exception {
		OffloadExecutor executor = create(
				spec().maxWorkers(2).minWorkers(2).start(StartMode.EAGER).killGrace(Duration.ofMinutes(1)));
		// Otherwise all calls may be cancelled before there is a worker.
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> countIdle(executor) == 2);
		ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
		AtomicInteger cancelled = new AtomicInteger();
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			int seed = i;
			callers.add(new Thread(() -> callMany(executor, new Random(seed), cancelled, wrong), "test-caller-" + i));
		}
		callers.forEach(Thread::start);
		while (callers.stream().anyMatch(Thread::isAlive)) {
			callers.get(ThreadLocalRandom.current().nextInt(CALLERS)).interrupt();
			LockSupport.parkNanos(200_000);
		}
		assertThat(wrong).isEmpty();
		assertThat(cancelled.get()).isPositive();
		assertNoneHasCrashed(executor);
	}

	private static long countIdle(OffloadExecutor executor) {
		return executor.snapshot().workers().stream().filter((worker) -> worker.state() == WorkerState.IDLE).count();
	}

	private static void callMany(OffloadExecutor executor, Random random, AtomicInteger cancelled,
			ConcurrentLinkedQueue<Throwable> wrong) {
		for (int i = 0; i < CALLS; i++) {
			byte[] payload = new byte[random.nextInt(300_000)];
			try {
				assertThat(executor.call(() -> payload.length)).isEqualTo(payload.length);
			}
			catch (CancellationException ex) {
				assertThat(Thread.currentThread().isInterrupted()).isTrue();
				cancelled.incrementAndGet();
			}
			catch (Throwable ex) {
				wrong.add(ex);
			}
			Thread.interrupted();
		}
	}

	@Test
	void cancelOfATaskOnItsWayToTheWorkerHarmsNeitherTheOneBeforeNorTheWorker() throws Exception {
		AtomicReference<TaskHandle<?>> next = new AtomicReference<>();
		OffloadExecutor executor = closedLater(ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.listener(new DirectExecutorListener() {
				@Override
				public void taskStarted(TaskEvent event) {
					if (event.taskId().equals("next")) {
						cancelAndAwaitEnd(next.get());
					}
				}
			})
			.build()
			.create(spec().build()));
		Gate gate = gate("before");
		TaskHandle<Long> before = executor.submit(gate::pass);
		next.set(executor.submit(() -> 2, TaskOptions.DEFAULTS.withId("next")));
		gate.letPass();
		assertThat(before.future().get(20, TimeUnit.SECONDS)).isPositive();
		assertThat(next.get().status()).isEqualTo(TaskStatus.CANCELLED);
		assertNoWorkerWasLost(executor, 1);
	}

	// A task whose interrupt is lost sleeps on, and those behind it wait for it.
	@Test
	void cancelReachesATaskHoweverCloseItIsToItsWorker() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMinutes(5)));
		long pid = pidOf(executor);
		Random random = new Random(1);
		for (int i = 0; i < 100; i++) {
			List<TaskHandle<Boolean>> sleeping = IntStream.range(0, 30)
				.mapToObj((each) -> executor.submit(InterruptRaceIntegrationTests::sleep))
				.toList();
			for (TaskHandle<Boolean> task : sleeping) {
				LockSupport.parkNanos(random.nextInt(60_000));
				task.cancel();
			}
			assertThat(executor.submit(() -> 1).future()).succeedsWithin(Duration.ofSeconds(30));
		}
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	private static boolean sleep() throws InterruptedException {
		Thread.sleep(Duration.ofMinutes(4).toMillis());
		return true;
	}

	private static void cancelAndAwaitEnd(TaskHandle<?> handle) {
		handle.cancel();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> handle.record().times().finishedAt() != null);
	}

	@Test
	void interruptsAtTheLimitRaceWithTheEndOfTasksAndHarmNoConnection() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMinutes(1)));
		int timedOut = 0;
		for (int i = 0; i < 500; i++) {
			int micros = 500 + (i % 50) * 40;
			Throwable failure = catchThrowable(() -> executor.call(() -> napAfterCheck(micros),
					TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(2))));
			if (failure != null) {
				assertThat(failure).isInstanceOf(TaskTimeoutException.class);
				timedOut++;
			}
		}
		assertThat(timedOut).isBetween(1, 499);
		assertNoneHasCrashed(executor);
	}

	// An interrupt of the task before would be seen here.
	private static int napAfterCheck(int micros) throws InterruptedException {
		long end = System.nanoTime() + micros * 1000L;
		boolean first = true;
		while (System.nanoTime() < end) {
			if (Thread.interrupted()) {
				if (first) {
					throw new IllegalStateException("interrupted before it began");
				}
				throw new InterruptedException();
			}
			first = false;
		}
		return micros;
	}

	@Test
	void straysThatInterruptTheTaskThreadHarmNoConnection() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		assertThat(executor.call(Strays::release)).isTrue();
		int interrupted = 0;
		for (int i = 0; i < 300; i++) {
			byte[] payload = new byte[100_000];
			Throwable failure = catchThrowable(() -> executor.call(() -> {
				Thread.sleep(0, 200_000);
				return payload;
			}));
			if (failure != null) {
				assertThat(failure).isInstanceOf(InterruptedException.class);
				interrupted++;
			}
		}
		assertThat(interrupted).isPositive();
		assertThat(executor.call(Strays::stop)).isTrue();
		assertThat(pidOf(executor)).isEqualTo(pid);
		assertNoWorkerWasLost(executor, 1);
	}

	// More may have been started: a machine that stands still for a moment makes a task
	// overdue that was told to stop, which has its worker replaced early.
	private static void assertNoneHasCrashed(OffloadExecutor executor) throws Exception {
		awaitNothingPending(executor);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	private static void assertNoWorkerWasLost(OffloadExecutor executor, int workers) throws Exception {
		assertNoneHasCrashed(executor);
		ExecutorSnapshot snapshot = executor.snapshot();
		assertThat(snapshot.workersStarted()).isEqualTo(workers);
		assertThat(snapshot.workers()).hasSize(workers);
	}

	/**
	 * A thread left behind by a task that goes on interrupting the thread it ran on.
	 */
	static final class Strays {

		private static final AtomicBoolean stopped = new AtomicBoolean();

		private Strays() {
		}

		static boolean release() {
			Thread victim = Thread.currentThread();
			Thread stray = new Thread(() -> {
				while (!stopped.get()) {
					victim.interrupt();
					LockSupport.parkNanos(300_000);
				}
			}, "stray");
			stray.setDaemon(true);
			stray.start();
			return true;
		}

		static boolean stop() {
			stopped.set(true);
			return true;
		}

	}

}
