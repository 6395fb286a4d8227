package dev.offload.pool;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.DirectExecutorListener;
import dev.offload.OffloadExecutor;
import dev.offload.TaskContext;
import dev.offload.TaskEvent;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskProgress;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Workers that die or stop in the middle of a long message, and callers that are taken
 * out of their wait in a pipe: one task is lost, soon, and nothing else is.
 */
class LaneFaultsIntegrationTests extends AbstractLanePool {

	private static final int LARGE = 64 * MEGABYTE;

	private static final Duration SOON = Duration.ofSeconds(10);

	/** Holds who reads the answers of the slot, as long as there is one. */
	private volatile @Nullable CountDownLatch held;

	private OffloadExecutor createLarge() {
		return closedLater(ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.listener(new DirectExecutorListener() {
				@Override
				public void taskProgress(TaskEvent event, TaskProgress progress) {
					awaitLetGo();
				}
			})
			.build()
			.create(spec().maxPayloadBytes(2L * LARGE)
				.killGrace(Duration.ofMillis(100))
				.worker(worker().heapBytes(4L * LARGE).build())
				.build()));
	}

	private void awaitLetGo() {
		CountDownLatch latch = this.held;
		if (latch != null) {
			try {
				assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Test
	void workerThatDiesOrStopsInTheMiddleOfALongMessageLosesThatTaskOnly() throws Exception {
		OffloadExecutor executor = createLarge();
		LaneFiles files = filesOf(executor);
		killWhileItWrites(executor, files);
		killWhileItsServiceReads(executor, files);
		stopUntilTheTimeout(executor, files);
		killWhileItReads(executor, files);
		long idle = shareMemory(executor, files);
		kill(idle);
		awaitGone(idle);
		assertThat(executor.call(Faults::pid)).isNotEqualTo(idle);
		assertThat(executor.snapshot().workersStarted()).isEqualTo(6);
		awaitNothingPending(executor);
	}

	// Has the one worker that there is share memory with its service.
	private static long shareMemory(OffloadExecutor executor, LaneFiles files) throws Exception {
		byte[] bytes = new byte[100_000];
		assertThat(echoed(executor, bytes)).isEqualTo(bytes);
		long pid = executor.call(Faults::pid);
		assertThat(files.shared(pid)).hasSize(1);
		return pid;
	}

	private static byte[] largeAfterProgress() {
		TaskContext.current().progress(1, 2);
		return new byte[LARGE];
	}

	// Has the worker fill the memory with the first part of its result, of which its
	// service reads nothing until it is let go.
	private CompletableFuture<byte[]> callUntilMemoryIsFull(OffloadExecutor executor, LaneFiles files, long pid,
			CountDownLatch latch) throws Exception {
		String memory = files.shared(pid).get(0);
		this.held = latch;
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		new Thread(() -> {
			try {
				result.complete(executor.call(LaneFaultsIntegrationTests::largeAfterProgress));
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}, "test-caller").start();
		awaitFull(files, memory);
		return result;
	}

	private static void awaitFull(LaneFiles files, String memory) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> files.unread(memory) == LaneFiles.RING_BYTES);
	}

	private void killWhileItWrites(OffloadExecutor executor, LaneFiles files) throws Exception {
		long pid = shareMemory(executor, files);
		CountDownLatch latch = new CountDownLatch(1);
		CompletableFuture<byte[]> result = callUntilMemoryIsFull(executor, files, pid, latch);
		kill(pid);
		awaitGone(pid);
		latch.countDown();
		assertCrashed(result, pid);
		assertThat(executor.call(() -> "next")).isEqualTo("next");
	}

	private void killWhileItsServiceReads(OffloadExecutor executor, LaneFiles files) throws Exception {
		long pid = shareMemory(executor, files);
		CountDownLatch latch = new CountDownLatch(1);
		CompletableFuture<byte[]> result = callUntilMemoryIsFull(executor, files, pid, latch);
		signal(pid, "STOP");
		latch.countDown();
		awaitInside("RingIn.awaitBytes");
		assertThat(result).isNotDone();
		kill(pid);
		assertCrashed(result, pid);
		assertThat(executor.call(() -> "next")).isEqualTo("next");
	}

	private void stopUntilTheTimeout(OffloadExecutor executor, LaneFiles files) throws Exception {
		long pid = shareMemory(executor, files);
		String memory = files.shared(pid).get(0);
		CountDownLatch latch = new CountDownLatch(1);
		this.held = latch;
		TaskHandle<byte[]> handle = executor.submit(LaneFaultsIntegrationTests::largeAfterProgress,
				TaskOptions.DEFAULTS.withTimeout(Duration.ofSeconds(1)));
		awaitFull(files, memory);
		signal(pid, "STOP");
		latch.countDown();
		assertThat(failure(handle.future())).isInstanceOf(TaskTimeoutException.class);
		awaitGone(pid);
		assertThat(executor.call(() -> "next")).isEqualTo("next");
	}

	private void killWhileItReads(OffloadExecutor executor, LaneFiles files) throws Exception {
		long pid = shareMemory(executor, files);
		signal(pid, "STOP");
		CompletableFuture<Integer> result = new CompletableFuture<>();
		CrashFaultsIntegrationTests.startWriter(executor, new byte[LARGE], result);
		awaitInside("RingOut.awaitRoom");
		kill(pid);
		assertCrashed(result, pid);
		assertThat(executor.call(() -> "next")).isEqualTo("next");
	}

	private static void awaitInside(String method) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> Thread.getAllStackTraces().values().stream().anyMatch((stack) -> isInside(stack, method)));
	}

	private static boolean isInside(StackTraceElement[] stack, String method) {
		return Arrays.toString(stack).contains("." + method + "(");
	}

	private static void assertCrashed(CompletableFuture<?> result, long pid) {
		assertThat(failure(result)).isInstanceOfSatisfying(WorkerCrashException.class,
				(crash) -> assertThat(crash.pid()).isEqualTo(pid));
	}

	private static @Nullable Throwable failure(CompletableFuture<?> result) {
		Throwable failure = catchThrowable(() -> result.get(SOON.toSeconds(), TimeUnit.SECONDS));
		return (failure instanceof ExecutionException) ? failure.getCause() : failure;
	}

	@Test
	void callerThatIsTakenOutOfItsPipeReturnsAtOnceAndTheWorkerGoesOn() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMinutes(1)));
		filesOf(executor);
		AtomicInteger inPipe = new AtomicInteger();
		for (int i = 0; i < 60; i++) {
			long before = System.nanoTime();
			takeOut(executor, i, inPipe);
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
			int value = i;
			assertThat(executor.call(() -> value)).isEqualTo(value);
		}
		assertThat(inPipe).hasValueGreaterThan(20);
		awaitNothingPending(executor);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	private static void takeOut(OffloadExecutor executor, int number, AtomicInteger inPipe) throws Exception {
		switch (number % 3) {
			case 0 -> assertThat(failureOf(executor, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(3))))
				.isInstanceOf(TaskTimeoutException.class);
			case 1 -> {
				aside(number, inPipe, (caller) -> {
					caller.interrupt();
					return true;
				});
				assertThat(failureOf(executor, TaskOptions.DEFAULTS)).isInstanceOf(CancellationException.class);
				assertThat(Thread.interrupted()).isTrue();
			}
			default -> {
				aside(number, inPipe, (caller) -> executor.operations().cancel("mine" + number));
				assertThat(failureOf(executor, TaskOptions.DEFAULTS.withId("mine" + number)))
					.isInstanceOf(CancellationException.class);
			}
		}
	}

	private static Throwable failureOf(OffloadExecutor executor, TaskOptions options) {
		return catchThrowable(() -> executor.call(() -> {
			Thread.sleep(60_000);
			return 1;
		}, options));
	}

	// Once the thread waits in its pipe, or, every other time, at some moment.
	private static void aside(int number, AtomicInteger inPipe, Predicate<Thread> action) {
		Thread caller = Thread.currentThread();
		new Thread(() -> {
			long end = System.nanoTime() + ((number % 2 == 0) ? 20_000_000 : number * 5_000);
			boolean reads = false;
			while (!reads && System.nanoTime() < end) {
				reads = isInside(caller.getStackTrace(), "PipeLane.read");
			}
			if (reads) {
				inPipe.incrementAndGet();
			}
			while (!action.test(caller)) {
				LockSupport.parkNanos(50_000);
			}
		}, "test-aside").start();
	}

}
