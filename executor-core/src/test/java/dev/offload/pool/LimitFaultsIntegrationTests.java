package dev.offload.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Limits, cancels and callers that meet at awkward moments.
 */
class LimitFaultsIntegrationTests extends AbstractPool {

	private static final int ROUNDS = 20;

	@Test
	void callOfInterruptedThreadIsCancelledAtOnceAndKeepsTheFlag() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMinutes(1)));
		long pid = pidOf(executor);
		Gate gate = gate("never ending");
		Thread.currentThread().interrupt();
		Throwable failure = catchThrowable(() -> executor.call(gate::pass));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(failure).isInstanceOf(CancellationException.class);
		awaitNothingPending(executor);
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void cancelThatRacesWithTheEndOfItsTaskNeverHitsTheNext() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ZERO));
		int cancelled = 0;
		for (int i = 0; i < ROUNDS; i++) {
			int value = i;
			TaskHandle<Integer> raced = executor.submit(() -> value);
			TaskHandle<Integer> next = executor.submit(() -> -value);
			TaskHandle<Integer> last = executor.submit(() -> 2 * value);
			if (i % 10 != 0) {
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(1_500_000));
			}
			raced.cancel();
			assertThat(next.future().get(60, TimeUnit.SECONDS)).isEqualTo(-value);
			assertThat(last.future().get(60, TimeUnit.SECONDS)).isEqualTo(2 * value);
			cancelled += raced.future().isCancelled() ? 1 : 0;
		}
		awaitNothingPending(executor);
		System.out.println(cancelled + " of " + ROUNDS + " were cancelled, "
				+ executor.snapshot().completed().get(TaskStatus.CANCELLED) + " of them while they ran or waited");
		ExecutorSnapshot snapshot = executor.snapshot();
		assertThat(snapshot.completedTotal()).isEqualTo(3 * ROUNDS);
		assertThat(snapshot.completed()).containsEntry(TaskStatus.CRASHED, 0L).containsEntry(TaskStatus.FAILED, 0L);
		assertThat(snapshot.workersCrashed()).isZero();
	}

	@Test
	void tasksThatWaitRunInTheOrderInWhichTheyWereSubmitted() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("first");
		executor.submit(gate::pass);
		gate.awaitEntered();
		List<TaskHandle<Integer>> handles = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			handles.add(executor.submit(Order::next));
		}
		assertThat(executor.snapshot().queued()).isEqualTo(20);
		gate.letPass();
		for (int i = 0; i < 20; i++) {
			assertThat(handles.get(i).future().get(60, TimeUnit.SECONDS)).isEqualTo(i);
		}
	}

	@Test
	void urgentTaskGoesBeforeFiftyThatWait() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("first");
		executor.submit(gate::pass);
		gate.awaitEntered();
		int before = 50;
		List<TaskHandle<Integer>> waiting = new ArrayList<>();
		for (int i = 0; i < before; i++) {
			waiting.add(executor.submit(Order::next));
		}
		TaskHandle<Integer> last = executor.submit(Order::next, TaskOptions.DEFAULTS.withPriority(1));
		TaskHandle<Integer> urgent = executor.submit(Order::next, TaskOptions.DEFAULTS.withPriority(-1));
		gate.letPass();
		assertThat(urgent.future().get(60, TimeUnit.SECONDS)).isZero();
		assertThat(waiting.get(0).future().get(60, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(waiting.get(before - 1).future().get(60, TimeUnit.SECONDS)).isEqualTo(before);
		assertThat(last.future().get(60, TimeUnit.SECONDS)).isEqualTo(before + 1);
	}

	@Test
	void callerThatIsInterruptedWhileNoWorkerCanStartGivesItsPlaceBack() throws Exception {
		OffloadExecutor executor = create(spec().worker(
				worker().initializer(FaultyInitializer.class.getName()).initializerArguments(List.of("halt")).build()));
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread caller = new Thread(() -> failure.set(catchThrowable(() -> executor.call(() -> 1))), "test-caller");
		caller.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(1))
			.until(() -> executor.snapshot().workersStarted() == 1 && executor.snapshot().workers().isEmpty());
		caller.interrupt();
		caller.join(30_000);
		assertThat(failure.get()).isInstanceOf(CancellationException.class);
		assertThat(executor.snapshot().pending()).isZero();
		assertThat(executor.snapshot().queued()).isZero();
	}

	@Test
	void callerThatIsInterruptedWhileItWaitsForRoomIsRefused() throws Exception {
		OffloadExecutor executor = create(
				spec().maxPending(1).overload(OverloadPolicy.WAIT).overloadWait(Duration.ofMinutes(10)));
		Gate gate = gate("running");
		TaskHandle<Long> running = executor.submit(gate::pass);
		gate.awaitEntered();
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread caller = new Thread(() -> failure.set(catchThrowable(() -> executor.call(() -> 1))), "test-caller");
		caller.start();
		Awaitility.await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
		caller.interrupt();
		caller.join(30_000);
		assertThat(failure.get()).isInstanceOf(ExecutorOverloadException.class);
		assertThat(executor.snapshot().pending()).isEqualTo(1);
		gate.letPass();
		assertThat(running.future().get(60, TimeUnit.SECONDS)).isPositive();
	}

	@Test
	void cleanUpThatTakesLongerThanTheGraceIsKilledAndItsOutputIsKept() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMillis(500)));
		long pid = pidOf(executor);
		Gate gate = gate("slow");
		try (WorkerOutput output = WorkerOutput.of("pool")) {
			assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> executor.call(() -> {
				try {
					return gate.pass();
				}
				catch (InterruptedException ex) {
					System.out.println("cleaning up, which takes a while");
					return Faults.spin();
				}
			}, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(200)))).withMessageContaining("kill-grace PT0.5S");
			awaitGone(pid);
			output.await("cleaning up, which takes a while");
		}
	}

	@Test
	void poolInsideWorkerWorksAndGoesWithIt() throws Exception {
		OffloadExecutor executor = create(spec());
		long inner = executor.call(() -> {
			OffloadExecutor nested = new ProcessExecutorFactory()
				.create(ExecutorSpec.builder("nested").maxWorkers(1).worker(worker().build()).build());
			return nested.call(Faults::pid);
		});
		long outer = pidOf(executor);
		assertThat(inner).isNotEqualTo(outer);
		kill(outer);
		awaitGone(inner);
	}

	@Test
	void callbackThatThrowsHarmsNobody() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		CompletableFuture<Object> thrown = executor.submit(() -> 1).future().thenApply((value) -> {
			throw new IllegalStateException("callback");
		});
		assertThat(catchThrowable(() -> thrown.get(60, TimeUnit.SECONDS))).hasRootCauseMessage("callback");
		CompletableFuture<Object> error = executor.submit(() -> 1).future().thenApply((value) -> {
			throw new StackOverflowError("callback");
		});
		assertThat(catchThrowable(() -> error.get(60, TimeUnit.SECONDS)))
			.hasRootCauseInstanceOf(StackOverflowError.class);
		assertThat(pidOf(executor)).isEqualTo(pid);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.FAILED, 0L);
	}

	@Test
	void callbackOfCrashedTaskSubmitsTheNext() throws Exception {
		OffloadExecutor executor = create(spec());
		CompletableFuture<Integer> second = executor.submit(() -> Faults.halt(7))
			.future()
			.exceptionallyCompose((failure) -> executor.submit(() -> 2).future());
		assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.CRASHED, 1L)
			.containsEntry(TaskStatus.SUCCEEDED, 1L);
	}

	@Test
	void propertiesThatChangeWhileWorkersStartHarmNone() throws Exception {
		OffloadExecutor executor = create(spec().maxTasksPerWorker(1));
		Thread changer = new Thread(() -> {
			for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
				System.setProperty("test.changing." + i % 50, "value");
				System.clearProperty("test.changing." + (i + 25) % 50);
				LockSupport.parkNanos(50_000);
			}
		}, "test-changer");
		changer.start();
		try {
			for (int i = 0; i < 3; i++) {
				assertThat(pidOf(executor)).isPositive();
			}
		}
		finally {
			changer.interrupt();
			changer.join();
			for (int i = 0; i < 50; i++) {
				System.clearProperty("test.changing." + i);
			}
		}
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	/**
	 * Counts in the worker.
	 */
	static final class Order {

		private static final AtomicInteger next = new AtomicInteger();

		private Order() {
		}

		static int next() {
			return next.getAndIncrement();
		}

	}

}
