package dev.offload.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSnapshot;
import dev.offload.OffloadExecutor;
import dev.offload.RejectionReason;
import dev.offload.StartMode;
import dev.offload.TaskHandle;
import dev.offload.WorkerStartException;
import dev.offload.WorkerState;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for how workers start, are prepared, replaced and ended.
 */
class WorkerStartIntegrationTests extends AbstractPool {

	@Test
	void nothingIsStartedBeforeTheFirstTask() throws Exception {
		OffloadExecutor executor = create(spec());
		assertThat(executor.snapshot().workers()).isEmpty();
		pidOf(executor);
		assertThat(executor.snapshot().workers()).hasSize(1);
		assertThat(executor.snapshot().workers().get(0).tasksDone()).isEqualTo(1);
	}

	@Test
	void eagerPoolStartsByItself() {
		OffloadExecutor executor = create(spec().maxWorkers(2).minWorkers(2).start(StartMode.EAGER));
		await().atMost(Duration.ofSeconds(60))
			.until(() -> executor.snapshot()
				.workers()
				.stream()
				.filter((worker) -> worker.state() == WorkerState.IDLE)
				.count() == 2);
		assertThat(executor.snapshot().submitted()).isZero();
	}

	@Test
	void startWhenWorkersAreThereStartsNoMore() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2).start(StartMode.EAGER));
		long pid = pidOf(executor);
		executor.start();
		executor.start();
		assertThat(pidOf(executor)).isEqualTo(pid);
		assertThat(executor.snapshot().workers()).hasSize(1);
		assertThat(executor.snapshot().workersStarted()).isEqualTo(1);
	}

	@Test
	void initializerRunsOncePerWorkerWithItsArguments() throws Exception {
		OffloadExecutor executor = create(spec().worker(worker().initializer(ConfiguredInitializer.class.getName())
			.initializerArguments(List.of("model.bin", "4"))
			.build()));
		for (int i = 0; i < 3; i++) {
			assertThat(executor.call(ConfiguredInitializer::seen)).isEqualTo("1 [model.bin, 4]");
		}
	}

	@Test
	void failingInitializerFailsWaitingTasksWithItsExceptionAndThenAtOnce() {
		OffloadExecutor executor = create(spec().worker(worker().initializer(ConfiguredInitializer.class.getName())
			.initializerArguments(List.of("fail"))
			.build()));
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("Executor 'pool'")
			.withStackTraceContaining("no model in pool");
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("no task is taken for a while");
		ExecutorSnapshot snapshot = executor.snapshot();
		assertThat(snapshot.rejected()).containsEntry(RejectionReason.NO_WORKER, 1L);
		assertThat(snapshot.pending()).isZero();
		assertThat(snapshot.workersCrashed()).isZero();
	}

	@Test
	void wrongJvmOptionIsToldInTheJvmsOwnWords() {
		OffloadExecutor executor = create(spec().worker(worker().jvmArgs(List.of("-XX:+NoSuchOption")).build()));
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("NoSuchOption");
	}

	@Test
	void workerThatIsNotReadyInTimeIsKilled() {
		OffloadExecutor executor = create(spec().startTimeout(Duration.ofMillis(20)));
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("start-timeout");
	}

	@Test
	void asManyTasksRunAtOnceAsThereMayBeWorkers() {
		OffloadExecutor executor = create(spec().maxWorkers(4));
		List<Gate> gates = List.of(gate("a"), gate("b"), gate("c"), gate("d"));
		List<TaskHandle<Long>> tasks = gates.stream().map((gate) -> executor.submit(gate::pass)).toList();
		gates.forEach(Gate::awaitEntered);
		assertThat(executor.snapshot().active()).isEqualTo(4);
		gates.forEach(Gate::letPass);
		assertThat(tasks.stream().map((task) -> task.future().join()).distinct()).hasSize(4);
	}

	@Test
	void resultsOfTasksThatRunAtOnceComeInTheOrderOfTheirCalls() {
		OffloadExecutor executor = create(spec().maxWorkers(4));
		List<Gate> gates = List.of(gate("a"), gate("b"), gate("c"), gate("d"));
		List<TaskHandle<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < gates.size(); i++) {
			Gate gate = gates.get(i);
			int value = i + 1;
			tasks.add(executor.submit(() -> {
				gate.pass();
				return 2 * value;
			}));
		}
		gates.forEach(Gate::awaitEntered);
		for (int i = gates.size() - 1; i >= 0; i--) {
			gates.get(i).letPass();
		}
		assertThat(tasks.stream().map((task) -> task.future().join()).toList()).containsExactly(2, 4, 6, 8);
	}

	@Test
	void asManyTasksRunInOneWorkerAsItHasThreads() {
		OffloadExecutor executor = create(spec().threadsPerWorker(3));
		List<Gate> gates = List.of(gate("a"), gate("b"), gate("c"));
		List<TaskHandle<Long>> tasks = gates.stream().map((gate) -> executor.submit(gate::pass)).toList();
		gates.forEach(Gate::awaitEntered);
		assertThat(executor.snapshot().workers()).singleElement()
			.satisfies((worker) -> assertThat(worker.currentTasks()).hasSize(3));
		gates.forEach(Gate::letPass);
		assertThat(tasks.stream().map((task) -> task.future().join()).distinct()).hasSize(1);
	}

	@Test
	void idleWorkerIsEnded() throws Exception {
		OffloadExecutor executor = create(spec().idleTimeout(Duration.ofMillis(100)));
		long pid = pidOf(executor);
		awaitGone(pid);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
	}

	@Test
	void workerUsedLastIsUsedFirst() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2));
		List<Gate> gates = List.of(gate("a"), gate("b"));
		List<TaskHandle<Long>> tasks = gates.stream().map((gate) -> executor.submit(gate::pass)).toList();
		gates.forEach(Gate::awaitEntered);
		gates.get(0).letPass();
		long first = tasks.get(0).future().join();
		gates.get(1).letPass();
		long second = tasks.get(1).future().join();
		awaitNothingPending(executor);
		assertThat(second).isNotEqualTo(first);
		for (int i = 0; i < 5; i++) {
			assertThat(executor.call(Faults::pid)).isEqualTo(second);
		}
	}

}
