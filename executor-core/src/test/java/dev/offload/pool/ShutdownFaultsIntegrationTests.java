package dev.offload.pool;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Closing, whatever the tasks, the callers and other closers do meanwhile.
 */
class ShutdownFaultsIntegrationTests extends AbstractPool {

	/** More than any close may take here, on a machine that does other things as well. */
	private static final long LIMIT_SECONDS = 60;

	private static void assertClosed(CompletableFuture<?> future) {
		Throwable failure = catchThrowable(() -> future.get(LIMIT_SECONDS, TimeUnit.SECONDS));
		assertThat(failure).isInstanceOf(ExecutionException.class).cause().isInstanceOf(ExecutorClosedException.class);
	}

	private static boolean isAlive(long pid) {
		return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
	}

	private static Thread start(String name, Runnable action) {
		Thread thread = new Thread(action, name);
		thread.start();
		return thread;
	}

	private static void awaitEnd(Thread thread) {
		Awaitility.await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> !thread.isAlive());
	}

	private static void awaitDraining(OffloadExecutor executor) {
		Awaitility.await().until(() -> executor.snapshot().state() == ExecutorState.DRAINING);
	}

	@Test
	void closeEndsTaskThatIgnoresItsInterruptWithinItsLimit() {
		OffloadExecutor executor = create(
				spec().closeTimeout(Duration.ofMillis(600)).killGrace(Duration.ofMillis(200)));
		Gate gate = gate("stubborn");
		TaskHandle<Long> stubborn = executor.submit(gate::passStubbornly);
		TaskHandle<Integer> queued = executor.submit(() -> 1);
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		long begin = System.nanoTime();
		executor.close();
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
		System.out.println("Closed after " + millis + " ms, close-timeout 600 ms");
		assertThat(isAlive(pid)).isFalse();
		assertThat(millis).isBetween(600L, 15_000L);
		assertClosed(stubborn.future());
		assertClosed(queued.future());
		// The thread that read from the worker gives its part of the place back.
		Awaitility.await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> executor.snapshot().pending() == 0);
		assertThat(executor.snapshot().workers()).isEmpty();
	}

	@Test
	void closeInterruptsBeforeItKillsAndResultInTheGraceCounts() throws Exception {
		OffloadExecutor executor = create(spec().closeTimeout(Duration.ofSeconds(6)).killGrace(Duration.ofMinutes(1)));
		Gate gate = gate("saver");
		Gate never = gate("never");
		TaskHandle<String> saver = executor.submit(() -> {
			try {
				gate.pass();
				return "not interrupted";
			}
			catch (InterruptedException ex) {
				return "saved";
			}
		});
		TaskHandle<Long> queued = executor.submit(never::pass);
		gate.awaitEntered();
		executor.close();
		assertThat(saver.future().get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("saved");
		assertClosed(queued.future());
		assertThat(never.wasEntered()).isFalse();
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.SUCCEEDED, 1L)
			.containsEntry(TaskStatus.CANCELLED, 1L);
	}

	@Test
	void closersAtTheSameTimeBothReturnWhenTheWorkersAreGone() {
		OffloadExecutor executor = create(
				spec().closeTimeout(Duration.ofMillis(400)).killGrace(Duration.ofMillis(100)));
		Gate gate = gate("stubborn");
		TaskHandle<Long> stubborn = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		Queue<Boolean> alive = new ConcurrentLinkedQueue<>();
		List<Thread> closers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			boolean now = i == 3;
			closers.add(start("test-closer-" + i, () -> {
				if (now) {
					Awaitility.await().until(() -> executor.snapshot().state() != ExecutorState.OPEN);
					executor.closeNow();
				}
				else {
					executor.close();
				}
				alive.add(isAlive(pid));
			}));
		}
		closers.forEach(ShutdownFaultsIntegrationTests::awaitEnd);
		assertThat(alive).containsExactly(false, false, false, false);
		assertClosed(stubborn.future());
		executor.close();
	}

	@Test
	void closeWhenInterruptedStillReturnsOnlyWhenTheWorkersAreGone() {
		OffloadExecutor executor = create(spec().closeTimeout(Duration.ofMinutes(10)));
		Gate gate = gate("stubborn");
		TaskHandle<Long> stubborn = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		AtomicReference<String> seen = new AtomicReference<>();
		Thread closer = start("test-closer", () -> {
			executor.close();
			seen.set("alive " + isAlive(pid) + ", interrupted " + Thread.currentThread().isInterrupted());
		});
		awaitDraining(executor);
		closer.interrupt();
		awaitEnd(closer);
		assertThat(seen).hasValue("alive false, interrupted true");
		assertClosed(stubborn.future());
	}

	@Test
	void closeNowEndsTheWaitOfAnotherThatCloses() {
		OffloadExecutor executor = create(spec().closeTimeout(Duration.ofMinutes(10)));
		Gate gate = gate("stubborn");
		TaskHandle<Long> stubborn = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		Thread closer = start("test-closer", executor::close);
		awaitDraining(executor);
		executor.closeNow();
		awaitEnd(closer);
		assertClosed(stubborn.future());
	}

	@Test
	void taskSubmittedWhileClosingIsRefusedAndTheAcceptedOneEnds() throws Exception {
		OffloadExecutor executor = create(spec().closeTimeout(Duration.ofMinutes(1)));
		Gate gate = gate("last");
		TaskHandle<Long> last = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		Thread closer = start("test-closer", executor::close);
		awaitDraining(executor);
		assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(() -> executor.submit(() -> 1))
			.withMessageContaining("Executor 'pool' is draining");
		gate.letPass();
		assertThat(last.future().get(LIMIT_SECONDS, TimeUnit.SECONDS)).isPositive();
		awaitEnd(closer);
		assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("Executor 'pool' is closed");
	}

	@Test
	void closeNowWithFullQueueSettlesEveryTask() {
		OffloadExecutor executor = create(spec().maxWorkers(2).maxPending(300));
		Gate gate = gate("running");
		List<TaskHandle<Long>> handles = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			handles.add(executor.submit(gate::passStubbornly));
		}
		gate.awaitEntered();
		executor.closeNow();
		handles.forEach((handle) -> assertClosed(handle.future()));
		awaitNothingPending(executor);
		ExecutorSnapshot snapshot = executor.snapshot();
		assertThat(snapshot.queued()).isZero();
		assertThat(snapshot.active()).isZero();
		assertThat(snapshot.completed()).containsEntry(TaskStatus.CANCELLED, 300L);
		assertThat(snapshot.workers()).isEmpty();
	}

	@Test
	void closeNowWhileArgumentsAreOnTheirWayFreesTheirCaller() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		signal(pid, "STOP");
		CompletableFuture<Integer> result = new CompletableFuture<>();
		Thread writer = CrashFaultsIntegrationTests.startWriter(executor, new byte[8 * 1024 * 1024], result);
		CrashFaultsIntegrationTests.awaitSending(writer);
		executor.closeNow();
		assertClosed(result);
		awaitEnd(writer);
		assertThat(isAlive(pid)).isFalse();
	}

	@Test
	void closeInCallbackOfTaskEndsAll() throws Exception {
		OffloadExecutor executor = create(spec());
		TaskHandle<Long> handle = executor.submit(Faults::pid);
		handle.future().thenRun(executor::close).get(LIMIT_SECONDS, TimeUnit.SECONDS);
		assertThat(isAlive(handle.future().get())).isFalse();
	}

	@Test
	void closeInEveryListenerEnds() throws Exception {
		AtomicReference<OffloadExecutor> itself = new AtomicReference<>();
		OffloadExecutor executor = ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.listener(new DirectExecutorListener() {
				@Override
				public void executorChanged(String name, ExecutorState state) {
					if (state != ExecutorState.OPEN) {
						itself.get().close();
						itself.get().closeNow();
					}
				}
			})
			.build()
			.create(spec().build());
		itself.set(executor);
		long pid = pidOf(executor);
		awaitEnd(start("test-closer", executor::close));
		assertThat(isAlive(pid)).isFalse();
	}

	@Test
	void submissionsCancelsAndCloseAtOnceSettleEveryTask() {
		for (int round = 0; round < 3; round++) {
			OffloadExecutor executor = create(
					spec().maxWorkers(2).maxPending(1000).closeTimeout(Duration.ofMillis(100)));
			Queue<TaskHandle<Integer>> handles = new ConcurrentLinkedQueue<>();
			List<Thread> callers = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				callers.add(start("test-caller-" + i, () -> submitUntilClosed(executor, handles)));
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(LIMIT_SECONDS))
				.until(() -> executor.snapshot().completedTotal() > 300);
			executor.close();
			callers.forEach(ShutdownFaultsIntegrationTests::awaitEnd);
			Awaitility.await()
				.atMost(Duration.ofSeconds(LIMIT_SECONDS))
				.until(() -> handles.stream().allMatch((handle) -> handle.future().isDone()));
			awaitNothingPending(executor);
			ExecutorSnapshot snapshot = executor.snapshot();
			assertThat(snapshot.submitted()).isEqualTo(handles.size());
			assertThat(snapshot.completedTotal()).isEqualTo(handles.size());
			assertThat(snapshot.workers()).isEmpty();
		}
	}

	private static void submitUntilClosed(OffloadExecutor executor, Queue<TaskHandle<Integer>> handles) {
		try {
			for (int i = 0; true; i++) {
				int value = i;
				TaskHandle<Integer> handle = executor.submit(() -> value);
				handles.add(handle);
				if (i % 3 == 0) {
					handle.cancel();
				}
				if (i % 20 == 19) {
					handle.future().exceptionally((failure) -> -1).join();
				}
			}
		}
		catch (ExecutorClosedException ex) {
			assertThat(ex).hasMessageContaining("pool");
		}
	}

	@Test
	void workerThatIsStartedWhileClosingIsNotLeftBehind() throws IOException {
		for (int i = 0; i < 20; i++) {
			OffloadExecutor executor = create(spec());
			TaskHandle<Long> handle = executor.submit(Faults::pid);
			executor.closeNow();
			assertClosed(handle.future());
		}
		Awaitility.await().until(() -> ProcessHandle.current().children().findAny().isEmpty());
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("pool-acceptor")));
		assertThat(directories()).isEmpty();
	}

	static List<Path> directories() throws IOException {
		String own = "offload-" + ProcessHandle.current().pid() + "-";
		try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return all.filter((path) -> path.getFileName().toString().startsWith(own)).toList();
		}
	}

	@Test
	void exitThatHangsInShutdownHookIsEndedAtTheLimitOfItsTask() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMillis(50)));
		long pid = pidOf(executor);
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> executor.call(() -> {
			Runtime.getRuntime().addShutdownHook(new Thread(Faults::spin, "hanging-hook"));
			return Faults.exit(5);
		}, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(300))));
		awaitGone(pid);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void exitThatHangsInShutdownHookIsEndedByClose() throws Exception {
		OffloadExecutor executor = create(spec().closeTimeout(Duration.ofMillis(300)));
		Gate gate = gate("exiting");
		TaskHandle<Integer> exiting = executor.submit(() -> {
			Runtime.getRuntime().addShutdownHook(new Thread(gate::passStubbornly, "hanging-hook"));
			return Faults.exit(5);
		});
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		executor.close();
		assertThat(isAlive(pid)).isFalse();
		assertClosed(exiting.future());
	}

	@Test
	void droppedExecutorEndsItsWorkers() throws Exception {
		long pid = useAndDrop();
		awaitGoneAfterCollection(pid);
		Awaitility.await().until(() -> directories().isEmpty());
	}

	private long useAndDrop() throws Exception {
		return dropped().call(Faults::pid);
	}

	private static OffloadExecutor dropped() {
		return ProcessExecutorFactory.builder().applicationPackages("dev.offload").build().create(spec().build());
	}

	private static void awaitGoneAfterCollection(long pid) {
		Awaitility.await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).pollInterval(Duration.ofMillis(20)).until(() -> {
			System.gc();
			return !isAlive(pid);
		});
	}

	@Test
	void droppedExecutorEndsAfterItsTasks() throws Exception {
		Gate first = gate("first");
		Gate second = gate("second");
		WeakReference<OffloadExecutor> executor = submitAndDrop(first, second);
		first.awaitEntered();
		for (int i = 0; i < 5; i++) {
			System.gc();
		}
		assertThat(executor.get()).isNotNull();
		first.letPass();
		second.awaitEntered();
		OffloadExecutor found = executor.get();
		assertThat(found).isNotNull();
		long pid = pids(found).get(0);
		found = null;
		second.letPass();
		awaitGoneAfterCollection(pid);
	}

	private static WeakReference<OffloadExecutor> submitAndDrop(Gate first, Gate second) {
		OffloadExecutor executor = dropped();
		executor.submit(first::passStubbornly);
		executor.submit(second::passStubbornly);
		return new WeakReference<>(executor);
	}

}
