package dev.offload.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.offload.InvalidSettingException;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerState;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for faults that come while a pool grows, shrinks and replaces its workers.
 */
class DynamicsFaultsIntegrationTests extends AbstractPool {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void closeWhileWorkersAreReplacedRunsAllAcceptedTasks() {
		OffloadExecutor executor = create(
				spec().maxWorkers(2).maxTasksPerWorker(10).closeTimeout(PATIENCE).maxPending(100));
		List<TaskHandle<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			int value = i;
			tasks.add(executor.submit(() -> value));
		}
		executor.close();
		assertThat(tasks.stream().map((task) -> task.future().join()))
			.containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
	}

	@Test
	void callsThatComeWhileIdleWorkersEndAllRun() throws Exception {
		OffloadExecutor executor = create(spec().idleTimeout(Duration.ofMillis(1)));
		for (int i = 0; i < 8; i++) {
			int value = i;
			assertThat(executor.call(() -> value)).isEqualTo(value);
			if (i % 2 == 0) {
				await().pollInterval(Duration.ofMillis(1))
					.atMost(PATIENCE)
					.until(() -> executor.snapshot().workers().size() < 2);
			}
		}
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void killAfterResizeFailsItsTaskOnly() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(1));
		pidOf(executor);
		executor.operations().resize(2);
		List<Gate> gates = List.of(gate("a"), gate("b"));
		List<TaskHandle<Long>> tasks = gates.stream().map((gate) -> executor.submit(gate::pass)).toList();
		gates.forEach(Gate::awaitEntered);
		WorkerSnapshot victim = executor.snapshot().workers().get(1);
		kill(victim.pid());
		awaitGone(victim.pid());
		gates.forEach(Gate::letPass);
		long crashed = tasks.stream()
			.map((task) -> task.future().handle((value, failure) -> failure).join())
			.filter(WorkerCrashException.class::isInstance)
			.count();
		assertThat(crashed).isEqualTo(1);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void resizeAfterAllIdleWorkersHaveEndedWorks() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2).idleTimeout(Duration.ofMillis(50)));
		long pid = pidOf(executor);
		await().atMost(PATIENCE).until(() -> executor.snapshot().workers().isEmpty());
		executor.operations().resize(1);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
	}

	@Test
	void burstOfTasksStartsFewWorkersAtATime() {
		int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		OffloadExecutor executor = create(spec().maxWorkers(4));
		List<TaskHandle<Long>> tasks = IntStream.range(0, 50).mapToObj((i) -> executor.submit(Faults::pid)).toList();
		while (tasks.stream().anyMatch((task) -> !task.future().isDone())) {
			assertThat(executor.snapshot()
				.workers()
				.stream()
				.filter((worker) -> worker.state() == WorkerState.STARTING)
				.count()).isLessThanOrEqualTo(most);
		}
		tasks.forEach((task) -> task.future().join());
	}

	@Test
	void numbersOfWorkersAreNeverUsedTwice() throws Exception {
		OffloadExecutor executor = create(spec().maxTasksPerWorker(1));
		List<Integer> numbers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Gate gate = gate("gate-" + i);
			TaskHandle<Long> task = executor.submit(gate::pass);
			gate.awaitEntered();
			executor.snapshot()
				.workers()
				.stream()
				.filter((worker) -> !worker.currentTasks().isEmpty())
				.forEach((worker) -> numbers.add(worker.number()));
			gate.letPass();
			task.future().get();
		}
		assertThat(numbers).hasSize(4).doesNotHaveDuplicates().isSorted();
	}

	@Test
	void sizesThatContradictEachOtherAreRefused() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> spec().minWorkers(2).build())
			.withMessage("Executor 'pool': min-workers must not be above max-workers 1, but is 2");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> spec().spareWorkers(2).build())
			.withMessage("Executor 'pool': spare-workers must not be above max-workers 1, but is 2");
	}

	@Test
	void crashHandlerThatHangsIsEndedAtTheLimitOfItsTask() throws Exception {
		OffloadExecutor executor = create(spec().timeout(Duration.ofSeconds(3))
			.killGrace(Duration.ofMillis(500))
			.worker(worker().jvmArgs(List.of("-XX:OnError=sleep 300")).build()));
		long pid = pidOf(executor);
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> executor.call(Faults::crashNatively));
		awaitGone(pid);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
	}

}
