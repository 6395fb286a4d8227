package dev.offload.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;
import dev.offload.WorkerTransport;
import dev.offload.worker.HostileLaneWorker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for workers that use their pipes and the shared memory wrongly: each is killed
 * and replaced, its task fails, and nothing else does.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LaneProtocolFaultsIntegrationTests extends AbstractHostilePool {

	/** Too much for a pipe, so that there is memory from the first task on. */
	private static final int LONG_BYTES = 20_000;

	LaneProtocolFaultsIntegrationTests() {
		super(HostileLaneWorker.class, LONG_BYTES);
	}

	@Test
	void whatAWorkerMayNotSayInAPipeEndsItOnly() throws Exception {
		String[] faults = { "garbage", "negative-length", "length-over-limit", "other-task", "not-an-answer",
				"progress-of-no-task", "names-a-file", "shared-again" };
		assertBreachesEndTheirTasksOnly(createHostile(spec(), faults), faults);
	}

	@Test
	void whatAWorkerMayNotDoWithMemoryEndsItOnly() throws Exception {
		String[] faults = { "place-after-the-end", "place-before-the-beginning", "garbage-in-memory",
				"written-below-zero", "written-over-all", "written-taken-back" };
		assertBreachesEndTheirTasksOnly(createHostile(spec(), faults), faults);
	}

	@Test
	void memoryThatIsNotThereOrLiesBetweenTasksFailsOneTaskOnly() throws Exception {
		OffloadExecutor executor = createHostile(spec(), "memory-that-is-not-there", "read-over-all",
				"cuts-all-off-and-answers");
		assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(() -> executor.call(Faults::pid))
			.withMessageContaining("broke the protocol");
		for (int i = 0; i < 2; i++) {
			assertThat(executor.call(task())).isNull();
			assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(() -> executor.call(task()))
				.withMessageContaining("broke the protocol");
		}
		assertThat(executor.call(task())).isEqualTo(LONG_BYTES);
		awaitNothingPending(executor);
	}

	// The JVM tells of it when it likes: whoever has touched the memory may be anywhere
	// by
	// then.
	@Test
	void memoryThatIsCutOffInTheMiddleOfAnAnswerFailsOneTaskOnlyAndSoon() throws Exception {
		OffloadExecutor executor = createHostile(spec(), "cuts-all-off", "cuts-the-answer-off");
		assertFailsSoon(executor);
		assertFailsSoon(executor);
		assertThat(executor.call(task())).isEqualTo(LONG_BYTES);
		assertThat(executor.snapshot().workersStarted()).isEqualTo(3);
		awaitNothingPending(executor);
	}

	private void assertFailsSoon(OffloadExecutor executor) throws InterruptedException {
		AtomicBoolean succeeded = new AtomicBoolean();
		Thread caller = new Thread(() -> {
			try {
				executor.call(task());
				succeeded.set(true);
			}
			catch (Throwable ex) {
				// also of the JVM
			}
		}, "test-caller");
		caller.setUncaughtExceptionHandler((thread, ex) -> succeeded.set(false));
		caller.start();
		caller.join(TimeUnit.SECONDS.toMillis(15));
		assertThat(caller.isAlive()).isFalse();
		assertThat(succeeded).isFalse();
	}

	@Test
	void workerThatEndsInTheMiddleOfAnAnswerFailsItsTaskOnly() throws Exception {
		String[] faults = { "half-of-a-head-and-end", "half-of-an-answer-and-end", "half-in-memory-and-end" };
		assertCrashesAreTheirTasksOnly(createHostile(spec(), faults), "code 11", faults);
	}

	@Test
	void workerThatStopsInTheMiddleOfAnAnswerOrNudgesForEverMeetsTheTimeout() throws Exception {
		String[] faults = { "half-of-a-head", "half-of-an-answer", "half-in-memory", "nudges", "closes-its-pipes",
				"reads-no-task" };
		OffloadExecutor executor = createHostile(spec().maxWorkers(faults.length).killGrace(Duration.ofMillis(50)),
				faults);
		List<TaskHandle<Integer>> handles = Stream.of(faults)
			.map((fault) -> executor.submit(task(),
					TaskOptions.DEFAULTS.withLabel(fault).withTimeout(Duration.ofMillis(500))))
			.toList();
		for (TaskHandle<Integer> handle : handles) {
			assertThat(catchThrowableOfType(ExecutionException.class, () -> handle.future().get(20, TimeUnit.SECONDS)))
				.as(handle.toString())
				.cause()
				.isInstanceOf(TaskTimeoutException.class);
		}
		assertThat(executor.call(task())).isEqualTo(LONG_BYTES);
		awaitNothingPending(executor);
	}

	@Test
	void pipesThatAWorkerWasNotGivenFailItsStart() {
		OffloadExecutor executor = createHostile(spec(), WorkerTransport.SOCKET, "slot-1", "slot-1", "slot-1");
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(task()))
			.withMessageContaining("pipes that it was not given");
	}

}
