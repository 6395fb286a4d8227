package dev.offload.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorLimits;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerSnapshot;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what an operator does with a pool while tasks run.
 */
class OperationsIntegrationTests extends AbstractPool {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void rollingRecycleReplacesEveryWorkerAndFailsNoTask() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2).minWorkers(2));
		executor.call(() -> 1);
		awaitReady(executor, 2);
		List<Long> before = pids(executor);
		executor.operations().recycle();
		await().atMost(PATIENCE).until(() -> {
			executor.call(() -> 1);
			return pids(executor).stream().noneMatch(before::contains);
		});
		before.forEach(AbstractPool::awaitGone);
		assertThat(executor.snapshot().workersCrashed()).isZero();
		assertThat(executor.snapshot().workersStarted()).isEqualTo(4);
	}

	@Test
	void recycledWorkerEndsAfterItsTask() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("a");
		TaskHandle<Long> task = executor.submit(gate::pass);
		gate.awaitEntered();
		WorkerSnapshot worker = executor.snapshot().workers().get(0);
		assertThat(executor.operations().recycle(worker.number())).isTrue();
		assertThat(executor.operations().recycle(worker.number())).as("a second time").isFalse();
		assertThat(executor.operations().recycle(4711)).as("one that is not there").isFalse();
		assertThat(executor.call(Faults::pid)).isNotEqualTo(worker.pid());
		assertThat(ProcessHandle.of(worker.pid())).isPresent();
		gate.letPass();
		assertThat(task.future().join()).isEqualTo(worker.pid());
		awaitGone(worker.pid());
	}

	@Test
	void recycledWorkerThatIsKilledAtItsLastTaskHasCrashed() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("a");
		TaskHandle<Long> task = executor.submit(gate::pass);
		gate.awaitEntered();
		WorkerSnapshot worker = executor.snapshot().workers().get(0);
		executor.operations().recycle(worker.number());
		assertThat(executor.call(Faults::pid)).isNotEqualTo(worker.pid());
		kill(worker.pid());
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> task.future().get())
			.withCauseInstanceOf(WorkerCrashException.class)
			.withMessageContaining("SIGKILL");
		awaitNothingPending(executor);
		await().atMost(PATIENCE).until(() -> executor.snapshot().workersCrashed() == 1);
	}

	@Test
	void recycledWorkerThatDiesMeanwhileIsReplacedOnce() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		executor.operations().recycle();
		kill(pid);
		awaitGone(pid);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
		await().atMost(PATIENCE).until(() -> executor.snapshot().workers().size() == 1);
	}

	@Test
	void smallerPoolEndsWorkersAfterTheirTasksAndLargerOneStartsMore() {
		OffloadExecutor executor = create(spec().maxWorkers(3));
		List<Gate> gates = List.of(gate("a"), gate("b"), gate("c"));
		List<TaskHandle<Long>> tasks = gates.stream().map((gate) -> executor.submit(gate::pass)).toList();
		gates.forEach(Gate::awaitEntered);
		executor.operations().resize(1);
		assertThat(executor.snapshot().maxWorkers()).isEqualTo(1);
		gates.forEach(Gate::letPass);
		tasks.forEach((task) -> task.future().join());
		await().atMost(PATIENCE).until(() -> executor.snapshot().workers().size() == 1);
		executor.operations().resize(2);
		List<Gate> more = List.of(gate("d"), gate("e"));
		List<TaskHandle<Long>> later = more.stream().map((gate) -> executor.submit(gate::pass)).toList();
		more.forEach(Gate::awaitEntered);
		more.forEach(Gate::letPass);
		later.forEach((task) -> task.future().join());
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void sizeThatChangesAllTheTimeLosesNoTask() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(3).maxPending(1000));
		List<TaskHandle<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			int value = i;
			tasks.add(executor.submit(() -> value));
			if (i % 10 == 0) {
				int size = 1 + i / 10 % 3;
				executor.operations()
					.change(ExecutorLimits.builder().maxWorkers(size).minWorkers(size).maxPending(1000 - i).build());
				tasks.get(i).future().get();
			}
		}
		assertThat(tasks.stream().map((task) -> task.future().join()))
			.containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
		awaitNothingPending(executor);
	}

	@Test
	void changedLimitsReachWorkersThatAreThere() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2));
		executor.operations().change(ExecutorLimits.builder().minWorkers(2).build());
		assertThat(executor.snapshot().workersStarted()).as("workers of a lazy executor without a task").isZero();
		executor.call(() -> 1);
		awaitReady(executor, 2);
		List<Long> before = pids(executor);
		executor.operations().change(ExecutorLimits.builder().minWorkers(0).idleTimeout(Duration.ofMillis(1)).build());
		await().atMost(PATIENCE).until(() -> executor.snapshot().workers().isEmpty());
		before.forEach(AbstractPool::awaitGone);
		executor.operations().change(ExecutorLimits.builder().spareWorkers(1).idleTimeout(Duration.ZERO).build());
		awaitReady(executor, 1);
		assertThat(executor.snapshot().limits().settings()).containsEntry("spare-workers", 1)
			.containsEntry("idle-timeout", Duration.ZERO);
	}

	@Test
	void sizeBelowOneIsRefused() {
		OffloadExecutor executor = create(spec());
		assertThatIllegalArgumentException().isThrownBy(() -> executor.operations().resize(0))
			.withMessageContaining("max-workers must be at least 1, but is 0");
	}

	@Test
	void pausedPoolTakesTasksAndRunsThemWhenItIsResumed() throws Exception {
		OffloadExecutor executor = create(spec());
		executor.call(() -> 1);
		executor.operations().pause();
		TaskHandle<Integer> task = executor.submit(() -> 2);
		assertThat(executor.snapshot().paused()).isTrue();
		assertThat(executor.snapshot().queued()).isEqualTo(1);
		assertThat(executor.snapshot().active()).isZero();
		executor.operations().resume();
		assertThat(task.future().get()).isEqualTo(2);
		assertThat(executor.snapshot().paused()).isFalse();
	}

	@Test
	void poolThatIsPausedAgainAndAgainLosesNoTask() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2).maxPending(1000));
		List<TaskHandle<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			int value = i;
			if (i % 3 == 0) {
				executor.operations().pause();
			}
			tasks.add(executor.submit(() -> value));
			if (i % 3 == 1) {
				executor.operations().resume();
			}
		}
		executor.operations().resume();
		assertThat(tasks.stream().map((task) -> task.future().join()))
			.containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
		awaitNothingPending(executor);
	}

	@Test
	void pausedPoolIsDrainedAllTheSame() throws Exception {
		OffloadExecutor executor = create(spec());
		executor.operations().pause();
		TaskHandle<Integer> task = executor.submit(() -> 2);
		assertThat(executor.drain(PATIENCE)).isTrue();
		assertThat(task.future().get()).isEqualTo(2);
	}

	@Test
	void killedTaskIsGoneWithItsWorkerWithoutAnyGrace() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofHours(1)));
		Gate gate = gate("a");
		TaskHandle<Long> running = executor.submit(gate::passStubbornly, TaskOptions.DEFAULTS.withId("bad"));
		TaskHandle<Integer> waiting = executor.submit(() -> 1, TaskOptions.DEFAULTS.withId("waiting"));
		TaskHandle<Integer> other = executor.submit(() -> 2);
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		assertThat(executor.operations().kill("waiting")).isTrue();
		assertThat(executor.operations().kill("bad")).isTrue();
		assertThat(executor.operations().kill("nobody")).isFalse();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> running.future().get())
			.withStackTraceContaining("(task bad) was killed by an operator");
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> waiting.future().get());
		awaitGone(pid);
		assertThat(other.future().get()).isEqualTo(2);
		awaitNothingPending(executor);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void cancelledTaskInItsGraceCanBeKilled() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofHours(1)));
		Gate gate = gate("a");
		TaskHandle<Long> task = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		task.cancel();
		assertThat(executor.operations().kill(task.id())).isFalse();
		awaitGone(pid);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void taskCancelledByItsIdKeepsItsWorkerWhenItHeedsTheInterrupt() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofHours(1)));
		Gate gate = gate("a");
		TaskHandle<Long> running = executor.submit(gate::pass, TaskOptions.DEFAULTS.withId("slow"));
		TaskHandle<Integer> waiting = executor.submit(() -> 1, TaskOptions.DEFAULTS.withId("waiting"));
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		assertThat(executor.operations().cancel("waiting")).isTrue();
		assertThat(executor.operations().cancel("slow")).isTrue();
		assertThat(executor.operations().cancel("nobody")).isFalse();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> running.future().get());
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> waiting.future().get());
		assertThat(executor.call(Faults::pid)).isEqualTo(pid);
		awaitNothingPending(executor);
	}

	@Test
	void taskCancelledByItsIdIsKilledAfterItsGrace() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMillis(50)));
		Gate gate = gate("a");
		TaskHandle<Long> task = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		assertThat(executor.operations().cancel(task.id())).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> task.future().get());
		awaitGone(pid);
	}

}
