package dev.offload.pool;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskStream;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;
import dev.offload.worker.HostileWorker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for workers that speak the protocol wrongly: each is killed and replaced, its
 * task fails, and nothing else does.
 */
class ProtocolFaultsIntegrationTests extends AbstractHostilePool {

	ProtocolFaultsIntegrationTests() {
		super(HostileWorker.class, 0);
	}

	@Test
	void answerThatIsNoFrameEndsItsWorkerOnly() throws Exception {
		String[] faults = { "garbage", "wrong-magic", "wrong-version", "unknown-type" };
		assertBreachesEndTheirTasksOnly(createHostile(spec(), faults), faults);
	}

	@Test
	void answerOfImpossibleLengthEndsItsWorkerOnly() throws Exception {
		String[] faults = { "negative-length", "length-over-limit", "attachment-over-limit" };
		assertBreachesEndTheirTasksOnly(createHostile(spec(), faults), faults);
	}

	@Test
	void answerThatEndsTooSoonEndsItsWorkerOnly() throws Exception {
		String[] faults = { "end-after-one-byte", "end-in-body" };
		assertCrashesAreTheirTasksOnly(createHostile(spec(), faults), "killed by its service", faults);
	}

	@Test
	void messageThatAWorkerDoesNotSayEndsItsWorkerOnly() throws Exception {
		String[] faults = { "other-task", "not-an-answer", "garbage-on-control", "garbage-on-log" };
		assertBreachesEndTheirTasksOnly(createHostile(spec(), faults), faults);
	}

	@Test
	void progressThatAWorkerMayNotSayEndsItsWorkerOnly() throws Exception {
		String[] faults = { "progress-of-another", "progress-without-end", "items-of-no-stream" };
		assertBreachesEndTheirTasksOnly(createHostile(spec(), faults), faults);
	}

	@Test
	void itemsThatAWorkerMayNotSendEndItOnly() throws Exception {
		OffloadExecutor executor = createHostile(spec(), "items-of-no-length", "items-without-end");
		for (int i = 0; i < 2; i++) {
			try (TaskStream<Integer> stream = executor.stream(() -> Stream.of(1))) {
				assertThat(catchThrowableOfType(ExecutionException.class,
						() -> stream.handle().future().get(20, TimeUnit.SECONDS)))
					.cause()
					.isInstanceOf(WorkerCrashException.class)
					.hasMessageContaining("broke the protocol");
			}
		}
		try (TaskStream<Integer> stream = executor.stream(() -> Stream.of(1))) {
			assertThat(stream.items()).containsExactly(1);
		}
	}

	@Test
	void secondAnswerIsNobodysResult() throws Exception {
		OffloadExecutor executor = createHostile(spec(), "answers-twice");
		assertThat(executor.call(Faults::pid)).isNull();
		// whether the second answer is there before the next task or not
		try {
			assertThat(executor.call(() -> "own result")).isEqualTo("own result");
		}
		catch (WorkerCrashException ex) {
			assertThat(executor.call(() -> "own result")).isEqualTo("own result");
		}
		assertThat(executor.snapshot().workersCrashed()).isEqualTo(1);
	}

	@Test
	void streamThatIsAFileOfTheServiceIsNotOpened() throws Exception {
		OffloadExecutor executor = createHostile(spec(), "names-a-file");
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(Faults::pid))
			.withMessageContaining("its content was named, not sent");
	}

	@Test
	void lateAnswerOfOneTaskIsNotTheResultOfTheNext() throws Exception {
		OffloadExecutor executor = createHostile(spec(), "late-answer");
		assertThat(executor.call(Faults::pid)).isNull();
		assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(() -> executor.call(() -> "own result"));
		assertThat(executor.call(() -> "own result")).isEqualTo("own result");
	}

	@Test
	void workerThatSaysReadyAgainIsOneWorker() throws Exception {
		OffloadExecutor executor = createHostile(spec(), "ready-twice");
		assertThat(executor.call(Faults::pid)).isNull();
		assertThat(executor.call(Faults::pid)).isNull();
		assertThat(executor.snapshot().workersStarted()).isEqualTo(1);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void workerThatChattersAndNeverAnswersMeetsTheTimeout() throws Exception {
		OffloadExecutor executor = createHostile(spec().killGrace(Duration.ofMillis(100)), "chatters");
		assertThatExceptionOfType(TaskTimeoutException.class)
			.isThrownBy(() -> executor.call(Faults::pid, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(500))));
		assertThat(executor.call(() -> "well")).isEqualTo("well");
	}

	@Test
	void workerThatReadsNoTaskMeetsTheTimeoutAndHoldsUpNobody() throws Exception {
		OffloadExecutor executor = createHostile(spec().maxWorkers(2).killGrace(Duration.ofMillis(100)),
				"reads-no-task");
		byte[] large = new byte[10_000_000];
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(
				() -> executor.call(() -> large.length, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(500))));
		assertThat(executor.call(() -> 1)).isEqualTo(1);
		awaitNothingPending(executor);
	}

	@Test
	void workerThatDoesNotStartAsItMustIsReplaced() throws Exception {
		OffloadExecutor executor = createHostile(spec().startTimeout(Duration.ofSeconds(5)), "other-version",
				"task-before-ready");
		assertThat(executor.call(() -> "well")).isEqualTo("well");
		assertThat(executor.snapshot().workersCrashed()).isZero();
		assertThat(executor.snapshot().workersStarted()).isEqualTo(3);
	}

	@Test
	void workerThatSaysWhatItMayNotAtItsStartIsToldSo() {
		OffloadExecutor executor = createHostile(spec(), "task-before-ready", "task-before-ready", "task-before-ready");
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("A worker does not say Completed");
	}

	@Test
	void workerThatNeverBecomesReadyIsNamedWithItsLimit() {
		OffloadExecutor executor = createHostile(spec().startTimeout(Duration.ofSeconds(1)), "never-connects",
				"never-ready", "never-connects");
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("start-timeout");
	}

	@Test
	void taskSentToAWorkerThatIsBeingKilledRunsElsewhereOrFailsOnce() throws Exception {
		OffloadExecutor executor = create(spec());
		for (int i = 0; i < 10; i++) {
			kill(pidOf(executor));
			TaskHandle<String> handle = executor.submit(() -> "well");
			try {
				assertThat(handle.future().get(60, TimeUnit.SECONDS)).isEqualTo("well");
				assertThat(handle.status()).isEqualTo(TaskStatus.SUCCEEDED);
			}
			catch (ExecutionException ex) {
				assertThat(ex.getCause()).isInstanceOf(WorkerCrashException.class);
				assertThat(handle.status()).isEqualTo(TaskStatus.CRASHED);
			}
		}
		awaitNothingPending(executor);
		assertThat(executor.snapshot().completedTotal()).isEqualTo(20);
	}

	@Test
	void workerThatClosesItsStandardStreamsGoesOn() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		executor.call(() -> {
			System.out.println("last words");
			Faults.closeStandardStreams();
			return null;
		});
		assertThat(executor.call(() -> {
			System.out.println("nobody hears this");
			System.err.println("nor this");
			return System.in.read();
		})).isEqualTo(-1);
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

}
