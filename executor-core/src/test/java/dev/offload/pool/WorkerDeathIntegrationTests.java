package dev.offload.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSnapshot;
import dev.offload.OffloadExecutor;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskStatus;
import dev.offload.WorkerCrashException;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for workers that die: one task fails with the reason, and nothing else does.
 */
class WorkerDeathIntegrationTests extends AbstractPool {

	private static WorkerCrashException crash(TaskHandle<?> handle) {
		Throwable failure = catchThrowableOfType(ExecutionException.class,
				() -> handle.future().get(60, TimeUnit.SECONDS))
			.getCause();
		assertThat(failure).isInstanceOf(WorkerCrashException.class);
		return (WorkerCrashException) failure;
	}

	private WorkerCrashException crashOf(OffloadExecutor executor, Task<?> task) {
		return catchThrowableOfType(WorkerCrashException.class, () -> executor.call(task));
	}

	@Test
	void killedWorkerFailsItsTaskOnlyAndIsReplaced() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("victim");
		TaskHandle<Long> victim = executor.submit(gate::passStubbornly);
		List<TaskHandle<Integer>> waiting = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			int value = i;
			waiting.add(executor.submit(() -> value));
		}
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		kill(pid);
		WorkerCrashException failure = crash(victim);
		assertThat(failure.executor()).isEqualTo("pool");
		assertThat(failure.taskId()).isEqualTo(victim.id());
		assertThat(failure.pid()).isEqualTo(pid);
		assertThat(failure.signal()).isEqualTo("SIGKILL");
		assertThat(failure.exitCode()).isNull();
		assertThat(failure.mayHaveRun()).isTrue();
		assertThat(failure).hasMessageContaining("pid " + pid).hasMessageContaining("SIGKILL");
		assertThat(victim.status()).isEqualTo(TaskStatus.CRASHED);
		for (int i = 0; i < 5; i++) {
			assertThat(waiting.get(i).future().get(60, TimeUnit.SECONDS)).isEqualTo(i);
		}
		assertThat(pidOf(executor)).isNotEqualTo(pid);
		ExecutorSnapshot snapshot = executor.snapshot();
		assertThat(snapshot.workersCrashed()).isEqualTo(1);
		assertThat(snapshot.workersStarted()).isEqualTo(2);
		assertThat(snapshot.completed()).containsEntry(TaskStatus.CRASHED, 1L).containsEntry(TaskStatus.SUCCEEDED, 6L);
	}

	@Test
	void idleWorkerThatWasKilledIsReplacedWithoutAnyFailure() throws Exception {
		OffloadExecutor executor = create(spec());
		for (int i = 0; i < 5; i++) {
			long pid = pidOf(executor);
			kill(pid);
			awaitGone(pid);
			assertThat(pidOf(executor)).isNotEqualTo(pid);
		}
	}

	@Test
	void exitCodeIsNamed() throws Exception {
		OffloadExecutor executor = create(spec());
		assertThat(crashOf(executor, () -> Faults.exit(42)).exitCode()).isEqualTo(42);
		assertThat(crashOf(executor, () -> Faults.exit(0)).exitCode()).isZero();
		assertThat(crashOf(executor, () -> Faults.halt(0)).exitCode()).isZero();
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void heapUsedUpEndsWorkerAndIsNamed() throws Exception {
		OffloadExecutor executor = create(spec());
		WorkerCrashException failure = crashOf(executor, Faults::useUpHeap);
		assertThat(failure.exitCode()).isEqualTo(3);
		assertThat(failure).hasMessageContaining("memory");
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void nativeCrashIsNamedWithItsReport() throws Exception {
		OffloadExecutor executor = create(spec());
		WorkerCrashException failure = crashOf(executor, Faults::crashNatively);
		assertThat(failure.signal()).isIn("SIGSEGV", "SIGABRT");
		assertThat(failure.errorFile()).isNotNull();
		assertThat(failure).hasMessageContaining("SIGSEGV");
		Files.delete(Path.of(failure.errorFile()));
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void stackOverflowFailsTaskAndWorkerLives() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> executor.call(() -> Faults.recurse(0)));
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void lastOutputIsInTheCrash() {
		OffloadExecutor executor = create(spec());
		WorkerCrashException failure = crashOf(executor, () -> {
			System.out.println("about to go");
			System.err.println("now");
			return Faults.halt(9);
		});
		assertThat(failure.lastOutput()).contains("about to go", "now");
		assertThat(failure).hasMessageContaining("about to go");
	}

	@Test
	void floodOfOutputDoesNotHarm() throws Exception {
		OffloadExecutor executor = create(spec());
		assertThat(executor.call(() -> Faults.flood(20))).isEqualTo(20);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void allWorkersKilledAtOnceFailTheirTasksAndPoolRecovers() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(3));
		List<Gate> gates = new ArrayList<>();
		List<TaskHandle<Long>> victims = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Gate gate = gate("victim" + i);
			gates.add(gate);
			victims.add(executor.submit(gate::passStubbornly));
		}
		gates.forEach(Gate::awaitEntered);
		for (Long pid : pids(executor)) {
			kill(pid);
		}
		for (TaskHandle<Long> victim : victims) {
			assertThat(crash(victim).signal()).isEqualTo("SIGKILL");
		}
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void processesStartedByTaskGoWithItsWorker() throws Exception {
		OffloadExecutor executor = create(spec().timeout(Duration.ofSeconds(30)).killGrace(Duration.ofMillis(50)));
		long child = executor.call(Faults::startChild);
		long pid = pidOf(executor);
		kill(pid);
		awaitGone(child);
		long other = executor.call(Faults::startChild);
		TaskHandle<Long> spinning = executor.submit(Faults::spin);
		Awaitility.await().until(() -> executor.snapshot().active() == 1);
		spinning.cancel();
		awaitGone(other);
		awaitNothingPending(executor);
	}

	@Test
	void twoSlotsOfOneWorkerFailTogether() throws Exception {
		OffloadExecutor executor = create(spec().threadsPerWorker(2));
		Gate first = gate("first");
		Gate second = gate("second");
		TaskHandle<Long> one = executor.submit(first::passStubbornly);
		TaskHandle<Long> two = executor.submit(second::passStubbornly);
		first.awaitEntered();
		second.awaitEntered();
		assertThat(pids(executor)).hasSize(1);
		kill(pids(executor).get(0));
		assertThat(crash(one).pid()).isEqualTo(crash(two).pid());
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

}
