package dev.offload.pool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSnapshot;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.TaskHandle;
import dev.offload.TaskStatus;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerStartException;
import dev.offload.WorkerState;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Workers that die at awkward moments: exactly the task that ran there fails, and nothing
 * hangs.
 */
class CrashFaultsIntegrationTests extends AbstractPool {

	private static WorkerCrashException crash(CompletableFuture<?> future) {
		Throwable failure = catchThrowableOfType(ExecutionException.class, () -> future.get(60, TimeUnit.SECONDS))
			.getCause();
		assertThat(failure).isInstanceOf(WorkerCrashException.class);
		return (WorkerCrashException) failure;
	}

	@Test
	void memoryUsedUpByAnotherThreadEndsTheWorkerOfTheTask() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("bystander");
		TaskHandle<Long> task = executor.submit(() -> {
			Thread thread = new Thread(Faults::useUpHeap, "hungry");
			thread.start();
			return gate.passStubbornly();
		});
		WorkerCrashException failure = crash(task.future());
		assertThat(failure.exitCode()).isEqualTo(3);
		assertThat(failure).hasMessageContaining("memory");
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void workerThatKillsAnotherFailsThatTaskOnly() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2));
		Gate victimGate = gate("victim");
		Gate bystanderGate = gate("bystander");
		TaskHandle<Long> victim = executor.submit(victimGate::passStubbornly);
		victimGate.awaitEntered();
		long victimPid = pids(executor).get(0);
		TaskHandle<Long> bystander = executor.submit(() -> {
			long pid = bystanderGate.pass();
			kill(victimPid);
			return pid;
		});
		bystanderGate.awaitEntered();
		bystanderGate.letPass();
		WorkerCrashException failure = crash(victim.future());
		assertThat(failure.pid()).isEqualTo(victimPid);
		assertThat(failure.taskId()).isEqualTo(victim.id());
		assertThat(failure).hasMessageContaining(victim.id()).hasMessageContaining("SIGKILL");
		assertThat(bystander.future().get(60, TimeUnit.SECONDS)).isNotEqualTo(victimPid);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.CRASHED, 1L)
			.containsEntry(TaskStatus.SUCCEEDED, 1L);
	}

	@Test
	void everyTaskIsSettledOnceAndRunAtMostOnceWhileWorkersAreKilled() throws Exception {
		int kills = 8;
		OffloadExecutor executor = create(
				spec().maxWorkers(3).maxPending(60).overload(OverloadPolicy.WAIT).overloadWait(Duration.ofMinutes(1)));
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
			killOneAfterTheOther(executor, kills);
			done.set(true);
		});
		String ran = Objects.requireNonNull(this.directory).toString();
		byte[] data = new byte[100_000];
		List<CompletableFuture<Integer>> futures = new ArrayList<>();
		while (!done.get()) {
			String mark = "task" + futures.size();
			futures.add(executor.submit(() -> {
				Files.createFile(Path.of(ran, mark));
				Thread.sleep(2);
				return data.length;
			}).future());
		}
		killer.get(60, TimeUnit.SECONDS);
		long crashed = 0;
		for (CompletableFuture<Integer> future : futures) {
			Throwable failure = catchThrowable(() -> assertThat(future.get(60, TimeUnit.SECONDS)).isEqualTo(100_000));
			if (failure != null) {
				assertThat(failure.getCause()).isInstanceOf(WorkerCrashException.class);
				crashed++;
			}
		}
		awaitNothingPending(executor);
		ExecutorSnapshot snapshot = executor.snapshot();
		System.out.println(futures.size() + " tasks, " + kills + " workers killed, " + crashed + " tasks failed");
		assertThat(snapshot.workersCrashed()).isEqualTo(kills);
		assertThat(crashed).isLessThanOrEqualTo(kills);
		assertThat(snapshot.submitted()).isEqualTo(futures.size());
		assertThat(snapshot.completed()).containsEntry(TaskStatus.CRASHED, crashed)
			.containsEntry(TaskStatus.SUCCEEDED, futures.size() - crashed)
			.containsEntry(TaskStatus.FAILED, 0L);
	}

	private static void killOneAfterTheOther(OffloadExecutor executor, int kills) {
		for (int i = 0; i < kills; i++) {
			long ended = 50L * i;
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(5))
				.until(() -> executor.snapshot().completedTotal() >= ended);
			long victim = Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(5))
				.until(() -> executor.snapshot()
					.workers()
					.stream()
					.filter((worker) -> worker.state() == WorkerState.BUSY)
					.mapToLong(WorkerSnapshot::pid)
					.findAny()
					.orElse(-1), (pid) -> pid > 0);
			long dead = i + 1L;
			ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(5))
				.until(() -> executor.snapshot().workersCrashed() == dead);
		}
	}

	@Test
	void killWhileArgumentsAreHalfReadFreesTheCallerThatWritesThem() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		signal(pid, "STOP");
		byte[] large = new byte[8 * 1024 * 1024];
		CompletableFuture<Integer> result = new CompletableFuture<>();
		Thread writer = startWriter(executor, large, result);
		awaitSending(writer);
		kill(pid);
		assertThat(crash(result).pid()).isEqualTo(pid);
		assertThat(executor.call(() -> large.length)).isEqualTo(large.length);
	}

	static Thread startWriter(OffloadExecutor executor, byte[] large, CompletableFuture<Integer> result) {
		Thread writer = new Thread(() -> {
			try {
				result.complete(executor.call(() -> large.length));
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}, "test-writer");
		writer.start();
		return writer;
	}

	// Until the thread waits for a worker that reads no more.
	static void awaitSending(Thread writer) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			String stack = List.of(writer.getStackTrace()).toString();
			return stack.contains("Connection.send") && stack.contains("Readiness.await");
		});
	}

	@Test
	void exceptionInThreadThatOutlivesItsTaskIsToldAndBlamesNoOtherTask() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("thrower");
		try (WorkerOutput output = WorkerOutput.of("pool")) {
			long pid = executor.call(() -> {
				new Thread(() -> {
					gate.passStubbornly();
					throw new IllegalStateException("too late to tell");
				}, "leftover").start();
				return Faults.pid();
			});
			gate.awaitEntered();
			gate.letPass();
			output.await("IllegalStateException: too late to tell");
			assertThat(pidOf(executor)).isEqualTo(pid);
		}
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void workerThatEndsBetweenTwoTasksFailsNeither() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("leaver");
		long pid = executor.call(() -> {
			new Thread(() -> {
				gate.passStubbornly();
				Faults.halt(5);
			}, "leftover").start();
			return Faults.pid();
		});
		gate.awaitEntered();
		gate.letPass();
		awaitGone(pid);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.SUCCEEDED, 2L)
			.containsEntry(TaskStatus.CRASHED, 0L);
	}

	@Test
	void workerThatDiesWhileItStartsIsToldWithItsOutputAndNotStartedForEver() {
		OffloadExecutor executor = create(spec().worker(
				worker().initializer(FaultyInitializer.class.getName()).initializerArguments(List.of("halt")).build()));
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("exited with code 13")
			.withMessageContaining("no model, no work");
		assertThat(executor.snapshot().workersStarted()).isEqualTo(3);
		assertThat(executor.snapshot().pending()).isZero();
	}

	@Test
	void workerThatHangsWhileItStartsIsKilledAtItsLimit() {
		OffloadExecutor executor = create(spec().startTimeout(Duration.ofMillis(1500))
			.worker(worker().initializer(FaultyInitializer.class.getName())
				.initializerArguments(List.of("hang"))
				.build()));
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("start-timeout PT1.5S");
		assertThat(executor.snapshot().pending()).isZero();
	}

	@Test
	void lockAndFilesOfDeadWorkerAreFree() throws Exception {
		OffloadExecutor executor = create(spec());
		String file = Objects.requireNonNull(this.directory).resolve("lock").toString();
		Gate gate = gate("holder");
		TaskHandle<Long> holder = executor.submit(() -> holdLock(file, gate));
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		kill(pid);
		crash(holder.future());
		assertThat(executor.call(() -> tryLock(file))).isTrue();
	}

	private static long holdLock(String file, Gate gate) throws IOException {
		try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock lock = channel.lock()) {
			assertThat(lock.isValid()).isTrue();
			return gate.passStubbornly();
		}
	}

	private static boolean tryLock(String file) throws IOException {
		try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.WRITE);
				FileLock lock = channel.tryLock()) {
			return lock != null;
		}
	}

	@Test
	void propertyChangedByTaskStaysInItsWorkerAndGoesWithIt() throws Exception {
		OffloadExecutor executor = create(spec());
		String name = "test.changed.by.task";
		assertThat(executor.call(() -> String.valueOf(System.setProperty(name, "changed")))).isEqualTo("null");
		assertThat(executor.call(() -> String.valueOf(System.getProperty(name)))).isEqualTo("changed");
		assertThat(System.getProperty(name)).isNull();
		long pid = pidOf(executor);
		kill(pid);
		awaitGone(pid);
		assertThat(executor.call(() -> String.valueOf(System.getProperty(name)))).isEqualTo("null");
	}

}
