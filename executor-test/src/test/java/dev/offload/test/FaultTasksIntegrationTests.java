package dev.offload.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.RemoteTaskException;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerLogging;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerSpec;
import dev.offload.pool.ProcessExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what a pool makes of each task that goes wrong. One pool bears them all.
 */
class FaultTasksIntegrationTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final TaskOptions SHORT = TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(500));

	private static OffloadExecutor pool;

	@BeforeAll
	static void createPool() {
		pool = new ProcessExecutorFactory().create(ExecutorSpec.builder("faulty")
			.maxWorkers(1)
			.timeout(Duration.ofSeconds(60))
			.killGrace(Duration.ofMillis(100))
			.maxPayloadBytes(1024 * 1024)
			.worker(WorkerSpec.builder().heapBytes(32L * 1024 * 1024).logging(WorkerLogging.OFF).build())
			.build());
	}

	@AfterAll
	static void closePool() {
		pool.close();
		assertThat(ProcessHandle.current().children()).as("processes left").isEmpty();
	}

	@AfterEach
	void nextTaskIsServed() throws Exception {
		assertThat(pidOfWorker()).isPositive();
	}

	private static long pidOfWorker() throws Exception {
		pool.call(FaultTasks.spinFor(Duration.ZERO));
		return pool.snapshot()
			.workers()
			.stream()
			.filter((worker) -> worker.tasksDone() > 0)
			.mapToLong(WorkerSnapshot::pid)
			.max()
			.orElseThrow();
	}

	private static WorkerCrashException crashOf(Task<?> task) throws Exception {
		long pid = pidOfWorker();
		WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class, () -> pool.call(task));
		assertThat(failure).isNotNull().hasMessageContaining("Executor 'faulty'").hasMessageContaining("pid " + pid);
		assertGone(pid);
		return failure;
	}

	private static void assertKilledAtLimit(Task<?> task) throws Exception {
		long pid = pidOfWorker();
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> pool.call(task, SHORT))
			.withMessageContaining("Executor 'faulty'")
			.withMessageContaining("worker pid " + pid + " was killed")
			.withMessageContaining("timeout PT0.5S")
			.satisfies((ex) -> assertThat(ex.pid()).isEqualTo(pid));
		assertGone(pid);
	}

	private static <T> T answerOf(Task<T> task) throws Exception {
		long pid = pidOfWorker();
		T answer = pool.call(task);
		assertThat(pidOfWorker()).isEqualTo(pid);
		return answer;
	}

	private static <X extends Throwable> X failureOf(Class<X> type, Task<?> task) throws Exception {
		long pid = pidOfWorker();
		X failure = catchThrowableOfType(type, () -> pool.call(task));
		assertThat(failure).isNotNull();
		assertThat(pidOfWorker()).isEqualTo(pid);
		return failure;
	}

	private static void assertGone(long pid) {
		Awaitility.await().atMost(BOUND).until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
	}

	@Test
	void exitFailsTaskWithItsCode() throws Exception {
		assertThat(crashOf(FaultTasks.exit(42)).exitCode()).isEqualTo(42);
		assertThat(crashOf(FaultTasks.exit(0)).exitCode()).isZero();
	}

	@Test
	void haltFailsTaskWithItsCode() throws Exception {
		assertThat(crashOf(FaultTasks.halt(43))).hasMessageContaining("exited with code 43");
		assertThat(crashOf(FaultTasks.halt(0)).exitCode()).isZero();
	}

	@Test
	void exitThatHangsInShutdownHookIsKilledAtLimit() throws Exception {
		assertKilledAtLimit(FaultTasks.exitWithHangingHook(1));
	}

	@Test
	void exitAfterAnswerLetsNextTaskHaveAnotherWorker() throws Exception {
		long pid = pidOfWorker();
		assertThat(pool.call(FaultTasks.exitLater(44, Duration.ofMillis(50)))).isEqualTo(44);
		assertGone(pid);
		assertThat(pidOfWorker()).isNotEqualTo(pid);
	}

	@Test
	void exitAfterAnswerFailsTaskThatRunsByThen() throws Exception {
		assertThat(pool.call(FaultTasks.exitLater(45, Duration.ofSeconds(1)))).isEqualTo(45);
		assertThat(crashOf(FaultTasks.sleep(Duration.ofSeconds(30))).exitCode()).isEqualTo(45);
	}

	@Test
	void exitWhileResultIsWrittenFailsTaskWithItsCode() throws Exception {
		assertThat(crashOf(FaultTasks.exitWhileResultIsWritten(46)).exitCode()).isEqualTo(46);
	}

	@Test
	void killedWorkerIsNamedWithItsSignal() throws Exception {
		assertThat(crashOf(FaultTasks.killItself()).signal()).isEqualTo("SIGKILL");
	}

	@Test
	void stoppedWorkerIsKilledAtLimit() throws Exception {
		assertKilledAtLimit(FaultTasks.stopItself());
	}

	@Test
	void siblingThatWasKilledFailsItsTaskOnly() throws Exception {
		ExecutorSpec two = ExecutorSpec.builder("two").maxWorkers(2).minWorkers(2).worker(pool.spec().worker()).build();
		try (OffloadExecutor executor = new ProcessExecutorFactory().create(two)) {
			TaskHandle<Integer> victim = executor.submit(FaultTasks.ignoreInterrupts(LONG));
			Awaitility.await().atMost(BOUND).until(() -> executor.snapshot().active() == 1);
			long pid = executor.snapshot()
				.workers()
				.stream()
				.filter((worker) -> !worker.currentTasks().isEmpty())
				.findAny()
				.orElseThrow()
				.pid();
			assertThat(executor.call(FaultTasks.killOther(pid))).isZero();
			assertThatThrownBy(() -> victim.future().join()).hasCauseInstanceOf(WorkerCrashException.class)
				.hasMessageContaining("SIGKILL")
				.hasMessageContaining("pid " + pid);
		}
	}

	@Test
	void nativeCrashIsNamedWithItsReport() throws Exception {
		WorkerCrashException failure = crashOf(FaultTasks.crashNatively());
		assertThat(failure).hasMessageContaining("SIGSEGV");
		assertThat(failure.errorFile()).isNotNull();
		Files.delete(Path.of(failure.errorFile()));
	}

	@Test
	void heapUsedUpFailsTaskAndSaysSo() throws Exception {
		assertThat(crashOf(FaultTasks.useUpHeap())).hasMessageContaining("out of memory");
	}

	@Test
	void heapUsedUpByAnotherThreadFailsTaskAndSaysSo() throws Exception {
		assertThat(crashOf(FaultTasks.useUpHeapInAnotherThread())).hasMessageContaining("out of memory");
	}

	@Test
	void directMemoryUsedUpFailsTaskAndSaysSo() throws Exception {
		assertThat(crashOf(FaultTasks.useUpDirectMemory())).hasMessageContaining("memory");
	}

	@Test
	void stackOverflowFailsTaskAndWorkerLives() throws Exception {
		failureOf(StackOverflowError.class, FaultTasks.overflowStack());
	}

	@Test
	void descriptorsUsedUpFailTaskAndWorkerLives() throws Exception {
		assertThat(failureOf(IOException.class, FaultTasks.useUpDescriptors())).hasMessageContaining("open files");
	}

	@Test
	void leaksGoWithTheirWorker() throws Exception {
		long pid = pidOfWorker();
		assertThat(answerOf(FaultTasks.leakDescriptors(100))).isGreaterThanOrEqualTo(100);
		assertThat(answerOf(FaultTasks.leakThreads(100))).isEqualTo(100);
		crashOf(FaultTasks.halt(1));
		assertThat(pidOfWorker()).isNotEqualTo(pid);
	}

	@Test
	void exceptionOfBackgroundThreadHarmsNobody() throws Exception {
		long pid = pidOfWorker();
		answerOf(FaultTasks.throwLater(Duration.ZERO));
		assertThat(answerOf(FaultTasks.sleep(Duration.ofMillis(100)))).isEqualTo(100);
		assertThat(pidOfWorker()).isEqualTo(pid);
	}

	@Test
	void taskThatHeedsNoInterruptIsKilledAtLimit() throws Exception {
		assertKilledAtLimit(FaultTasks.spin());
		assertKilledAtLimit(FaultTasks.ignoreInterrupts(LONG));
		assertKilledAtLimit(FaultTasks.deadlock());
	}

	@Test
	void taskThatHeedsItsInterruptKeepsItsWorker() throws Exception {
		long pid = pidOfWorker();
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> pool.call(FaultTasks.sleep(LONG), SHORT))
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(pidOfWorker()).isEqualTo(pid);
	}

	@Test
	void interruptEndsWithItsTask() throws Exception {
		assertThat(answerOf(FaultTasks.interruptItself())).isTrue();
		assertThat(answerOf(FaultTasks.sleep(Duration.ofMillis(1)))).isEqualTo(1);
	}

	@Test
	void busyTaskEndsByItself() throws Exception {
		assertThat(answerOf(FaultTasks.spinFor(Duration.ofMillis(20)))).isPositive();
	}

	@Test
	void floodWithoutLineEndHarmsNobody() throws Exception {
		long bytes = 20L * 1024 * 1024;
		assertThat(answerOf(FaultTasks.floodOutput(bytes))).isEqualTo(bytes);
		assertThat(answerOf(FaultTasks.floodErrors(bytes))).isEqualTo(bytes);
	}

	@Test
	void workerLivesWithoutStandardStreams() throws Exception {
		assertThat(answerOf(FaultTasks.closeStandardStreams())).isZero();
		assertThat(answerOf(FaultTasks.sleep(Duration.ofMillis(100)))).isEqualTo(100);
		assertThat(crashOf(FaultTasks.halt(47)).exitCode()).isEqualTo(47);
	}

	@Test
	void garbageOnSocketHarmsNobody() throws Exception {
		assertThat(answerOf(FaultTasks.writeGarbageToSocket(1))).isNotNegative();
		assertThat(answerOf(FaultTasks.writeGarbageToSocket(4 * 1024 * 1024))).isNotNegative();
	}

	@Test
	void processesLeftBehindGoWithTheirWorker() throws Exception {
		long child = answerOf(FaultTasks.startChild(LONG));
		long detached = answerOf(FaultTasks.startDetached(LONG));
		assertThat(ProcessHandle.of(child)).isPresent();
		assertThat(ProcessHandle.of(detached)).isPresent();
		crashOf(FaultTasks.killItself());
		assertGone(child);
		assertGone(detached);
	}

	@Test
	void detachedProcessIsKilledAtLimitWithItsWorker() throws Exception {
		long detached = answerOf(FaultTasks.startDetached(LONG));
		assertKilledAtLimit(FaultTasks.spin());
		assertGone(detached);
	}

	@Test
	void taskThatCannotBeWrittenIsRefused() throws Exception {
		assertThat(failureOf(PayloadException.class, FaultTasks.unwritable()).direction())
			.isEqualTo(PayloadException.Direction.TO_WORKER);
	}

	@Test
	void taskThatCannotBeReadFails() throws Exception {
		assertThat(failureOf(PayloadException.class, FaultTasks.unreadable()).direction())
			.isEqualTo(PayloadException.Direction.TO_WORKER);
	}

	@Test
	void resultThatCannotBeWrittenFailsAndNamesItsClass() throws Exception {
		assertThat(failureOf(PayloadException.class, FaultTasks.unwritableResult()).type())
			.isEqualTo(PayloadFaults.Unserializable.class.getName());
	}

	@Test
	void resultThatCannotBeReadFails() throws Exception {
		assertThat(failureOf(PayloadException.class, FaultTasks.unreadableResult()).direction())
			.isEqualTo(PayloadException.Direction.FROM_WORKER);
	}

	@Test
	void resultThatIsTooLargeFailsAndNamesItsLimit() throws Exception {
		assertThat(answerOf(FaultTasks.largeResult(1000))).hasSize(1000);
		assertThat(failureOf(PayloadException.class, FaultTasks.largeResult(2 * 1024 * 1024)))
			.hasMessageContaining("max-payload-bytes");
	}

	@Test
	void exceptionThatCannotBeWrittenIsTold() throws Exception {
		RemoteTaskException failure = failureOf(RemoteTaskException.class, FaultTasks.unwritableFailure());
		assertThat(failure.className()).isEqualTo(PayloadFaults.UnwritableException.class.getName());
		assertThat(failure.originalMessage()).isEqualTo("It holds what cannot be written");
		assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("throwUnwritable");
	}

	@Test
	void exceptionWithCycleIsTold() throws Exception {
		assertThat(failureOf(Exception.class, FaultTasks.cyclicFailure())).hasMessageContaining("First of a cycle");
	}

	@Test
	void errorIsTheTasksOwn() throws Exception {
		assertThat(failureOf(AssertionError.class, FaultTasks.error())).hasMessage("Not an exception but an error");
	}

	@Test
	void returnedExceptionIsAResult() throws Exception {
		assertThat(answerOf(FaultTasks.returnedException())).hasMessage("Returned, not thrown");
	}

}
