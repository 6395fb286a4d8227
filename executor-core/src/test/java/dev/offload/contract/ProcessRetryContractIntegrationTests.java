package dev.offload.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSnapshot;
import dev.offload.QuarantinedException;
import dev.offload.QuarantinedWork;
import dev.offload.RejectionReason;
import dev.offload.RetryReason;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskStream;
import dev.offload.WorkerCrashException;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Retries on executors of type process, and what only happens there.
 */
class ProcessRetryContractIntegrationTests extends RetryContract {

	@Override
	ExecutorFactory factory(ContextCarriers carriers) {
		return ProcessExecutorFactory.builder().carriers(carriers).build();
	}

	@Test
	void taskThatCrashesItsWorkerIsTriedAgainOnAnotherOneUpToItsLimit() throws Exception {
		ExecutorSnapshot before = executor().snapshot();
		Flaky always = flaky(9, Flaky.Kind.HALT);
		TaskOptions options = TaskOptions.DEFAULTS.withRetry(RULES.withQuarantine(LONG));
		TaskHandle<Integer> handle = executor().submit(always, options);
		assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(() -> resultOf(handle))
			.satisfies((failure) -> {
				assertThat(failure.exitCode()).isEqualTo(9);
				assertThat(failure.report().task().attempt()).isEqualTo(2);
				assertThat(failure.getSuppressed()).singleElement()
					.isInstanceOfSatisfying(WorkerCrashException.class,
							(first) -> assertThat(first.pid()).isNotEqualTo(failure.pid()));
			});
		assertThat(always.runs()).isEqualTo(2);
		TaskRecord record = handle.record();
		assertThat(record.status()).isEqualTo(TaskStatus.CRASHED);
		assertThat(record.attempt()).isEqualTo(2);
		ExecutorSnapshot after = executor().snapshot();
		assertThat(after.retried().get(RetryReason.CRASH) - before.retried().get(RetryReason.CRASH)).isEqualTo(1);
		assertIsRefused(always);
		assertStreamIsRefusedThatIsNotTriedAgain(options);
	}

	private void assertStreamIsRefusedThatIsNotTriedAgain(TaskOptions options) throws Exception {
		Task<Stream<Integer>> halting = () -> {
			Runtime.getRuntime().halt(9);
			return Stream.empty();
		};
		for (int i = 0; i < 2; i++) {
			try (TaskStream<Integer> stream = executor().stream(halting, options)) {
				assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(() -> stream.items().toList());
				assertThat(stream.handle().record().attempt()).isEqualTo(1);
			}
		}
		assertThatExceptionOfType(QuarantinedException.class).isThrownBy(() -> executor().stream(halting, options));
		assertThat(executor().operations().release(executor().operations().quarantined().get(0).key())).isTrue();
	}

	@Test
	void taskWhoseWorkerIsKilledIsTriedAgainWithAFullQueue() throws Exception {
		Gate gate = new Gate(this.directory, "full");
		TaskHandle<Long> first = executor().submit(gate::pass);
		gate.awaitEntered();
		TaskHandle<String> second = executor().submit(() -> "second");
		long pid = first.record().workerPid();
		assertThat(executor().snapshot().pending()).as("max-pending").isEqualTo(2);
		ProcessHandle.of(pid).orElseThrow().destroyForcibly();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> first.record().attempt() == 2);
		gate.letPass();
		assertThat(first.future().join()).isNotEqualTo(pid);
		assertThat(second.future().join()).isEqualTo("second");
	}

	private void assertIsRefused(Flaky task) throws Exception {
		assertThatExceptionOfType(QuarantinedException.class).isThrownBy(() -> executor().submit(task))
			.withMessageContaining("contract.Flaky is refused for ")
			.withMessageContaining(" has crashed 2 workers; its key is 'contract.Flaky#")
			.satisfies((failure) -> assertThat(failure.remaining()).isPositive().isLessThanOrEqualTo(LONG));
		assertThat(task.runs()).isEqualTo(2);
		assertThat(executor().snapshot().rejected()).containsEntry(RejectionReason.QUARANTINED, 1L);
		assertThat(executor().call(flaky(0, Flaky.Kind.HALT))).as("other work of this kind").isEqualTo(1);
		List<QuarantinedWork> refused = executor().operations().quarantined();
		assertThat(refused).singleElement().extracting(QuarantinedWork::crashes).isEqualTo(2);
		assertThat(executor().operations().release(refused.get(0).key())).isTrue();
		assertThat(executor().operations().quarantined()).isEmpty();
	}

	private static Object resultOf(TaskHandle<?> handle) throws Throwable {
		try {
			return handle.future().get();
		}
		catch (ExecutionException ex) {
			throw ex.getCause();
		}
	}

}
