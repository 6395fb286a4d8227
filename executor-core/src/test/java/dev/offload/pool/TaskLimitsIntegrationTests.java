package dev.offload.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.ConcurrencyLimit;
import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.WorkerCrashException;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what a single task may ask for, where its worker has a part in it.
 */
class TaskLimitsIntegrationTests extends AbstractPool {

	@Test
	void tasksThatWaitForTheirKindStartNoWorkersAndGoOnAfterACrash() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(3).killGrace(Duration.ofMillis(50)));
		TaskOptions oneByOne = TaskOptions.DEFAULTS
			.withConcurrency(new ConcurrencyLimit("kind", 1, OverloadPolicy.WAIT));
		TaskOptions oneOrNone = TaskOptions.DEFAULTS
			.withConcurrency(new ConcurrencyLimit("kind", 1, OverloadPolicy.REJECT));
		Gate gate = gate("first");
		TaskHandle<Long> first = executor.submit(gate::pass, oneByOne);
		TaskHandle<Integer> crash = executor.submit(() -> Faults.halt(3), oneByOne);
		TaskHandle<Long> last = executor.submit(Faults::pid, oneByOne);
		gate.awaitEntered();
		assertThat(executor.snapshot().workersStarted()).isEqualTo(1);
		assertThat(executor.snapshot().queued()).isEqualTo(2);
		gate.letPass();
		long pid = first.future().join();
		assertThat(crash.future()).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withCauseInstanceOf(WorkerCrashException.class);
		assertThat(last.future().join()).isNotEqualTo(pid);
		assertThatExceptionOfType(WorkerCrashException.class)
			.isThrownBy(() -> executor.call(() -> Faults.halt(3), oneOrNone));
		awaitNothingPending(executor);
		requireEndByDeadline(executor, oneOrNone);
		awaitNothingPending(executor);
		assertThat(executor.call(() -> 1, oneOrNone)).isEqualTo(1);
	}

	// Also while it is killed, it is one of its kind.
	private void requireEndByDeadline(OffloadExecutor executor, TaskOptions oneOrNone) throws Exception {
		executor.call(() -> 1);
		Instant soon = Instant.now().plusSeconds(2);
		Gate stubborn = gate("stubborn");
		TaskHandle<Long> task = executor.submit(stubborn::passStubbornly, oneOrNone.withDeadline(soon));
		stubborn.awaitEntered();
		assertThatExceptionOfType(ExecutorOverloadException.class)
			.isThrownBy(() -> executor.submit(() -> 1, oneOrNone));
		assertThat(task.future()).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(TaskDeadlineException.class, (ex) -> assertThat(ex.pid()).isPositive())
			.withMessageContainingAll("was still running at its deadline " + soon, "was killed");
	}

	@Test
	void taskThatRunsOutOfTimeInTheQueueNeverRuns() {
		OffloadExecutor executor = create(spec());
		Gate first = gate("first");
		Gate never = gate("never");
		executor.submit(first::pass);
		first.awaitEntered();
		TaskHandle<Long> late = executor.submit(never::pass,
				TaskOptions.DEFAULTS.withDeadline(Instant.now().plusMillis(500)));
		Awaitility.await().until(late.future()::isDone);
		first.letPass();
		assertThat(List.of(first.wasEntered(), never.wasEntered())).containsExactly(true, false);
	}

}
