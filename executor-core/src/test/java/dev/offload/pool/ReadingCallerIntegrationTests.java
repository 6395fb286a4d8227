package dev.offload.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadExecutor;
import dev.offload.TaskEvent;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Calls that read their answers themselves while the reader of the slot rests: whatever
 * ends such a call, nothing is lost and the reader goes on.
 */
@Timeout(60)
class ReadingCallerIntegrationTests extends AbstractPool {

	private final Map<String, String> startedBy = new ConcurrentHashMap<>();

	// After a call its reader rests, so that the next one reads its own answer.
	private OffloadExecutor resting() throws Exception {
		ExecutorListener listener = new DirectExecutorListener() {
			@Override
			public void taskStarted(TaskEvent event) {
				ReadingCallerIntegrationTests.this.startedBy.put(event.label(), Thread.currentThread().getName());
			}
		};
		OffloadExecutor executor = closedLater(ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.listener(listener)
			.build()
			.create(spec().killGrace(Duration.ofMinutes(1)).build()));
		// Each call has it rest anew: for a second, which may pass here.
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(1))
			.until(() -> pidOf(executor) > 0 && hasThread("pool-1-slot-1", Thread.State.TIMED_WAITING));
		return executor;
	}

	// In a call of the system it is runnable for the JVM.
	private static void awaitReader(Thread.State state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(1))
			.until(() -> hasThread("pool-1-slot-1", state));
	}

	private static boolean hasThread(String name, Thread.State state) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals(name) && thread.getState() == state);
	}

	private static boolean isReading(String name) {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().getName().equals(name))
			.flatMap((entry) -> Arrays.stream(entry.getValue()))
			.anyMatch((frame) -> frame.getMethodName().equals("receiveUnlessWoken"));
	}

	private static void assertGoesOn(OffloadExecutor executor) throws Exception {
		assertThat(executor.call(() -> "called")).isEqualTo("called");
		assertThat(executor.submit(() -> "submitted").future().get(20, TimeUnit.SECONDS)).isEqualTo("submitted");
		assertThat(executor.call(() -> "again")).isEqualTo("again");
		awaitNothingPending(executor);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	private static AtomicReference<@Nullable Throwable> callAside(OffloadExecutor executor, Gate gate,
			TaskOptions options) {
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Thread caller = new Thread(() -> {
			Throwable ex = catchThrowable(() -> executor.call(gate::pass, options));
			failure.set((ex != null) ? ex : new IllegalStateException("It succeeded"));
		}, "test-caller");
		caller.start();
		gate.awaitEntered();
		return failure;
	}

	private static Throwable await(AtomicReference<@Nullable Throwable> failure) {
		return Awaitility.await().atMost(Duration.ofSeconds(10)).until(failure::get, (ex) -> ex != null);
	}

	@Test
	void callWhenAnotherThreadCancelsItReturns() throws Exception {
		OffloadExecutor executor = resting();
		AtomicReference<@Nullable Throwable> failure = callAside(executor, gate("cancel"),
				TaskOptions.DEFAULTS.withId("mine"));
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> isReading("test-caller"));
		assertThat(executor.operations().cancel("mine")).isTrue();
		assertThat(await(failure)).isInstanceOf(CancellationException.class);
		assertGoesOn(executor);
	}

	@Test
	void callWhenItsTimeIsUpFails() throws Exception {
		OffloadExecutor executor = resting();
		AtomicReference<@Nullable Throwable> failure = callAside(executor, gate("time"),
				TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(300)));
		assertThat(await(failure)).isInstanceOf(TaskTimeoutException.class);
		assertGoesOn(executor);
	}

	@Test
	void callWhenItsWorkerDiesFails() throws Exception {
		OffloadExecutor executor = resting();
		AtomicReference<@Nullable Throwable> failure = callAside(executor, gate("death"), TaskOptions.DEFAULTS);
		kill(pids(executor).get(0));
		assertThat(await(failure)).isInstanceOf(WorkerCrashException.class);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void callWhenTheExecutorClosesFails() throws Exception {
		OffloadExecutor executor = resting();
		AtomicReference<@Nullable Throwable> failure = callAside(executor, gate("close"), TaskOptions.DEFAULTS);
		executor.closeNow();
		assertThat(await(failure)).isNotNull();
	}

	@Test
	void taskThatWaitsBehindACallIsStartedByTheReader() throws Exception {
		OffloadExecutor executor = resting();
		Gate gate = gate("behind");
		CompletableFuture<Long> called = CompletableFuture.supplyAsync(() -> callQuietly(executor, gate));
		gate.awaitEntered();
		TaskHandle<String> behind = executor.submit(() -> "behind", TaskOptions.DEFAULTS.withLabel("behind"));
		gate.letPass();
		assertThat(called.get(20, TimeUnit.SECONDS)).isPositive();
		assertThat(behind.future().get(20, TimeUnit.SECONDS)).isEqualTo("behind");
		assertThat(this.startedBy).containsEntry("behind", "pool-1-slot-1");
		assertGoesOn(executor);
	}

	private static long callQuietly(OffloadExecutor executor, Gate gate) {
		try {
			return executor.call(gate::pass);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void readerThatRestedLooksAgainAfterAWhile() throws Exception {
		OffloadExecutor executor = resting();
		awaitReader(Thread.State.RUNNABLE);
		assertGoesOn(executor);
	}

	@Test
	void answersOfAnySizeArriveWhole() throws Exception {
		OffloadExecutor executor = resting();
		for (int size : new int[] { 0, 100, 4_000, 12_000, 17_000, 40_000, 65_000, 70_000, 300_000, 2_000_000, 10 }) {
			String text = "x".repeat(size);
			assertThat(executor.call(() -> "y" + text)).isEqualTo("y" + text);
			assertThat(executor.call(() -> text.getBytes(StandardCharsets.US_ASCII))).hasSize(size);
		}
		assertGoesOn(executor);
	}

	@Test
	void callsSubmissionsInterruptsAndLimitsAtOnceLoseNothing() throws Exception {
		OffloadExecutor executor = resting();
		ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
		AtomicBoolean done = new AtomicBoolean();
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			int seed = i;
			callers.add(new Thread(() -> useMany(executor, new Random(seed), wrong), "test-caller-" + i));
		}
		callers.forEach(Thread::start);
		Thread interrupter = new Thread(() -> {
			while (!done.get()) {
				callers.forEach(Thread::interrupt);
				LockSupport.parkNanos(700_000);
			}
		}, "test-interrupter");
		interrupter.start();
		for (Thread caller : callers) {
			caller.join();
		}
		done.set(true);
		interrupter.join();
		assertThat(wrong).isEmpty();
		awaitNothingPending(executor);
		assertThat(executor.snapshot().workersCrashed()).isZero();
		assertThat(executor.call(() -> "on")).isEqualTo("on");
	}

	private static void useMany(OffloadExecutor executor, Random random, ConcurrentLinkedQueue<Throwable> wrong) {
		for (int i = 0; i < 1500; i++) {
			int value = i;
			try {
				if (random.nextInt(4) == 0) {
					TaskHandle<Integer> handle = executor.submit(() -> value);
					assertThat(handle.future().get(20, TimeUnit.SECONDS)).isEqualTo(value);
				}
				else if (random.nextInt(8) == 0) {
					assertThat(executor.call(() -> new byte[200_000 + value])).hasSize(200_000 + value);
				}
				else {
					assertThat(executor.call(() -> value)).isEqualTo(value);
				}
			}
			catch (InterruptedException | CancellationException ex) {
				// it was interrupted
			}
			catch (ExecutorOverloadException ex) {
				// a worker that stood still has many of those for which nobody waits any
				// more
			}
			catch (Exception | AssertionError ex) {
				wrong.add(ex);
			}
			Thread.interrupted();
		}
	}

	@Test
	void callOfAnInterruptedThreadIsCancelledAtOnce() throws Exception {
		OffloadExecutor executor = resting();
		Gate gate = gate("interrupted");
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> executor.call(gate::pass));
		assertThat(Thread.interrupted()).isTrue();
		assertGoesOn(executor);
	}

}
