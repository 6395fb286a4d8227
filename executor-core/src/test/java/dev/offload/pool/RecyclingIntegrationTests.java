package dev.offload.pool;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSnapshot;
import dev.offload.OffloadExecutor;
import dev.offload.StartMode;
import dev.offload.TaskHandle;
import dev.offload.WorkerState;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for how workers are replaced while tasks go on.
 */
class RecyclingIntegrationTests extends AbstractPool {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void workersAreReplacedOneAtATimeAndThePoolIsNeverSmaller() throws Exception {
		OffloadExecutor executor = create(
				spec().maxWorkers(2).minWorkers(2).start(StartMode.EAGER).maxTasksPerWorker(20));
		awaitReady(executor, 2);
		Set<Integer> seen = new HashSet<>();
		while (seen.size() < 6) {
			executor.call(() -> 1);
			ExecutorSnapshot snapshot = executor.snapshot();
			snapshot.workers().forEach((worker) -> seen.add(worker.number()));
			assertThat(ready(snapshot)).as("ready workers of %s", snapshot.workers()).isGreaterThanOrEqualTo(2);
			assertThat(snapshot.workers().stream().filter((worker) -> worker.state() == WorkerState.STARTING).count())
				.as("starting workers of %s", snapshot.workers())
				.isLessThan(2);
		}
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void workerOfOneTaskNeverRunsASecond() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2).maxTasksPerWorker(1));
		Set<Long> pids = new HashSet<>();
		for (int i = 0; i < 5; i++) {
			pids.add(pidOf(executor));
		}
		assertThat(pids).hasSize(5);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void workersWithABacklogAreReplacedAndAllTasksRun() {
		OffloadExecutor executor = create(spec().maxWorkers(2).maxPending(400).maxTasksPerWorker(50));
		List<TaskHandle<Long>> tasks = IntStream.range(0, 400).mapToObj((i) -> executor.submit(Faults::pid)).toList();
		assertThat(tasks.stream().map((task) -> task.future().join()).toList()).hasSize(400);
		await().atMost(PATIENCE).until(() -> executor.snapshot().workersStarted() > 2);
		awaitNothingPending(executor);
	}

	@Test
	void workerOfFullAgeIsReplacedBeforeItEnds() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkerAge(Duration.ofSeconds(1)));
		long first = pidOf(executor);
		await().atMost(PATIENCE).until(() -> {
			assertThat(ready(executor.snapshot())).isGreaterThanOrEqualTo(1);
			return executor.call(Faults::pid) != first;
		});
		awaitGone(first);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void workerWithTooMuchMemoryIsReplaced() throws Exception {
		OffloadExecutor executor = create(
				spec().maxWorkerMemory(180L * 1024 * 1024).worker(worker().heapBytes(512L * 1024 * 1024).build()));
		long first = pidOf(executor);
		executor.call(() -> 1);
		executor.call(() -> Faults.leak(200));
		awaitGone(first);
		assertThat(pidOf(executor)).isNotEqualTo(first);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void workersThatHaveTooMuchMemoryFromTheBeginningAreNotReplacedForEver() throws Exception {
		Logger logger = (Logger) LoggerFactory.getLogger(WorkerLimits.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.list = new CopyOnWriteArrayList<>();
		log.start();
		logger.addAppender(log);
		try {
			OffloadExecutor executor = create(spec().maxWorkerMemory(1024L * 1024));
			pidOf(executor);
			await().atMost(PATIENCE)
				.until(() -> log.list.stream()
					.map(ILoggingEvent::getFormattedMessage)
					.anyMatch((line) -> line.contains("No worker is replaced for its memory any more")));
			assertThat(executor.snapshot().workersStarted()).isEqualTo(2);
			assertThat(executor.call(() -> 1)).isEqualTo(1);
		}
		finally {
			logger.detachAppender(log);
		}
	}

	@Test
	void spareWorkersAreReadyBesideBusyOnes() {
		OffloadExecutor executor = create(spec().maxWorkers(3).spareWorkers(1));
		assertThat(executor.snapshot().workers()).isEmpty();
		List<Gate> gates = List.of(gate("a"), gate("b"));
		List<TaskHandle<Long>> tasks = gates.stream().map((gate) -> {
			TaskHandle<Long> task = executor.submit(gate::pass);
			gate.awaitEntered();
			awaitReady(executor, (gate == gates.get(0)) ? 2 : 3);
			return task;
		}).toList();
		gates.forEach(Gate::letPass);
		tasks.forEach((task) -> task.future().join());
		assertThat(executor.snapshot().workersStarted()).isEqualTo(3);
	}

	@Test
	void workerWhoseTaskIgnoresItsInterruptIsReplacedBeforeItIsKilled() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofHours(1)));
		Gate gate = gate("a");
		TaskHandle<Long> stubborn = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		long first = pids(executor).get(0);
		stubborn.cancel();
		assertThat(executor.call(Faults::pid)).isNotEqualTo(first);
		assertThat(ProcessHandle.of(first)).as("it has its grace").isPresent();
		gate.letPass();
		await().atMost(PATIENCE).until(() -> executor.snapshot().workers().size() == 1);
		assertThat(executor.call(() -> 1)).isEqualTo(1);
		assertThat(executor.snapshot().workersStarted()).isEqualTo(2);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

}
