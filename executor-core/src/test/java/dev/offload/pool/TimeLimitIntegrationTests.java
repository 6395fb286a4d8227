package dev.offload.pool;

import java.time.Duration;
import java.util.concurrent.CancellationException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;
import dev.offload.QueueTimeoutException;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for limits of time and for cancelling.
 */
class TimeLimitIntegrationTests extends AbstractPool {

	@Test
	void busyTaskIsKilledAfterLimitAndGraceAndWorkerReplaced() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMillis(50)));
		long pid = pidOf(executor);
		assertThatExceptionOfType(TaskTimeoutException.class)
			.isThrownBy(() -> executor.call(Faults::spin, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(200))))
			.satisfies((ex) -> assertThat(ex.pid()).isEqualTo(pid))
			.withMessageContaining("pid " + pid)
			.withMessageContaining("killed");
		awaitGone(pid);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
		assertThat(executor.snapshot().workersCrashed()).isZero();
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.TIMED_OUT, 1L)
			.containsEntry(TaskStatus.CRASHED, 0L);
	}

	@Test
	void taskThatHeedsItsInterruptKeepsItsWorker() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofSeconds(30)));
		long pid = pidOf(executor);
		Gate gate = gate("slow");
		assertThatExceptionOfType(TaskTimeoutException.class)
			.isThrownBy(() -> executor.call(gate::pass, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(100))))
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void limitRunsFromTheHandOverNotFromTheSubmission() throws Exception {
		OffloadExecutor executor = create(spec().timeout(Duration.ofSeconds(20)));
		Gate gate = gate("first");
		TaskHandle<Long> first = executor.submit(gate::pass);
		TaskHandle<Integer> second = executor.submit(() -> 2, TaskOptions.DEFAULTS.withTimeout(Duration.ofSeconds(10)));
		gate.awaitEntered();
		assertThat(executor.snapshot().queued()).isEqualTo(1);
		assertThat(second.status()).isEqualTo(TaskStatus.PENDING);
		gate.letPass();
		assertThat(second.future().join()).isEqualTo(2);
		assertThat(first.future().join()).isPositive();
	}

	@Test
	void taskThatWaitsTooLongNeverRuns() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("first");
		Gate never = gate("never");
		TaskHandle<Long> first = executor.submit(gate::pass);
		gate.awaitEntered();
		assertThatExceptionOfType(QueueTimeoutException.class)
			.isThrownBy(() -> executor.call(never::pass, TaskOptions.DEFAULTS.withQueueTimeout(Duration.ofMillis(50))))
			.withMessageContaining("queue-timeout");
		gate.letPass();
		first.future().join();
		assertThat(executor.call(() -> 1)).isEqualTo(1);
		assertThat(never.wasEntered()).isFalse();
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.TIMED_OUT, 1L);
	}

	@Test
	void cancelledQueuedTaskNeverRunsAndOthersDo() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("first");
		Gate never = gate("never");
		executor.submit(gate::pass);
		gate.awaitEntered();
		TaskHandle<Long> cancelled = executor.submit(never::pass);
		TaskHandle<Integer> last = executor.submit(() -> 3);
		assertThat(cancelled.cancel()).isTrue();
		assertThat(cancelled.cancel()).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> cancelled.future().join());
		gate.letPass();
		assertThat(last.future().join()).isEqualTo(3);
		assertThat(never.wasEntered()).isFalse();
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.CANCELLED, 1L);
	}

	@Test
	void cancelledRunningTaskIsKilledWithItsWorkerAndPlaceIsFree() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMillis(50)));
		long pid = pidOf(executor);
		Gate gate = gate("stubborn");
		TaskHandle<Long> running = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		assertThat(running.future().cancel(true)).isTrue();
		awaitGone(pid);
		awaitNothingPending(executor);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.CANCELLED, 1L);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void killGraceOfZeroKillsAtOnce() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ZERO));
		long pid = pidOf(executor);
		Gate gate = gate("slow");
		assertThatExceptionOfType(TaskTimeoutException.class)
			.isThrownBy(() -> executor.call(gate::pass, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(100))));
		awaitGone(pid);
	}

	@Test
	void stoppedWorkerIsKilledAtTheLimit() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMillis(50)));
		long pid = pidOf(executor);
		assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor()).isZero();
		byte[] large = new byte[8 * 1024 * 1024];
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(
				() -> executor.call(() -> large.length, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(300))));
		awaitGone(pid);
		Awaitility.await().until(() -> executor.snapshot().pending() == 0);
		assertThat(executor.call(() -> large.length)).isEqualTo(large.length);
	}

}
