package dev.offload.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.contract.Gate;
import dev.offload.dispatch.DispatchingExecutor;
import dev.offload.process.JvmWorkerLauncher;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerProcess;
import dev.offload.spi.WorkerSetup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what a worker tells of its threads: when the time of a task is up, and when
 * asked.
 */
class ThreadDumpIntegrationTests extends AbstractPool {

	private static final String MUTE = "dev.offload.worker.MuteWorker";

	private static final TaskOptions SHORT = TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(300));

	@Test
	void killedTaskTellsWhereItWasAndKeepsAllStacksInAPrivateFile() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofSeconds(2)));
		long pid = pidOf(executor);
		TaskTimeoutException failure = catchThrowableOfType(TaskTimeoutException.class,
				() -> executor.call(Faults::spin, SHORT));
		assertThat(failure.taskStack()).hasSizeBetween(1, 20).first().asString().contains("Faults.spin");
		assertThat(failure).hasMessageContaining("Faults.spin").hasMessageContaining("killed");
		Path file = Path.of(failure.threadDumpFile());
		assertThat(file).hasFileName("offload-dump-pool-" + pid + "-1.txt");
		assertThat(failure).hasMessageContaining(file.toString());
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(Files.readString(file)).contains("Threads of pid " + pid, "\"pool-task-1\"", "\"pool-control\"",
				"\"pool-heartbeat\"");
		Files.delete(file);
	}

	@Test
	void taskThatHeedsItsInterruptTellsToo() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofSeconds(30)));
		long pid = pidOf(executor);
		Gate gate = gate("slow");
		TaskTimeoutException failure = catchThrowableOfType(TaskTimeoutException.class,
				() -> executor.call(gate::pass, SHORT));
		assertThat(failure).hasCauseInstanceOf(InterruptedException.class).hasMessageContaining("Gate.pass");
		assertThat(failure.taskStack()).anySatisfy((frame) -> assertThat(frame).contains("Gate.pass"));
		Files.delete(Path.of(failure.threadDumpFile()));
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void cancelledTaskAndOneWithoutGraceLeaveNothing() throws Exception {
		OffloadExecutor executor = create(spec().killGrace(Duration.ofMillis(50)));
		long pid = pidOf(executor);
		Gate gate = gate("stubborn");
		TaskHandle<Long> task = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		task.cancel();
		awaitGone(pid);
		assertThat(dumpsOf(pid)).isEmpty();
		OffloadExecutor strict = create(spec().killGrace(Duration.ZERO));
		long other = pidOf(strict);
		TaskTimeoutException failure = catchThrowableOfType(TaskTimeoutException.class,
				() -> strict.call(Faults::spin, SHORT));
		assertThat(failure.taskStack()).isEmpty();
		assertThat(failure.threadDumpFile()).isNull();
		awaitGone(other);
		assertThat(dumpsOf(other)).isEmpty();
	}

	@Test
	void muteWorkerIsAskedBySignal() throws Exception {
		OffloadExecutor executor = create(spec().build(), ThreadDumpIntegrationTests::launchMute);
		TaskTimeoutException failure = catchThrowableOfType(TaskTimeoutException.class,
				() -> executor.call(Faults::spin, SHORT));
		assertThat(failure.taskStack()).anySatisfy((frame) -> assertThat(frame).contains("MuteWorker.computeForAges"));
		Path file = Path.of(failure.threadDumpFile());
		assertThat(Files.readString(file)).startsWith("Full thread dump")
			.contains("\"pool-task-1\"", "computeForAges")
			.doesNotContain("computeForEver");
		Files.delete(file);
		executor.closeNow();
	}

	@Test
	void workerTellsItsStacksWhenAsked() throws Exception {
		ExecutorSpec spec = spec().killGrace(Duration.ofMillis(50)).build();
		WorkerPool pool = pool(spec, new JvmWorkerLauncher());
		OffloadExecutor executor = create(spec, pool);
		Gate gate = gate("held");
		TaskHandle<Long> task = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		assertThat(pool.threadDump(1).get(30, TimeUnit.SECONDS)).contains("\"pool-task-1\"", "Gate.passStubbornly");
		kill("-STOP", pid);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> pool.threadDump(1).get(30, TimeUnit.SECONDS))
			.withMessageContaining("pid " + pid)
			.withMessageContaining("within 5 s");
		kill("-CONT", pid);
		assertThat(pool.threadDump(1).get(30, TimeUnit.SECONDS)).contains("Gate.passStubbornly");
		gate.letPass();
		assertThat(task.future().get(30, TimeUnit.SECONDS)).isEqualTo(pid);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> pool.threadDump(2).get())
			.withMessageContaining("no worker 2");
	}

	private static WorkerProcess launchMute(WorkerLaunch launch) throws IOException {
		return new JvmWorkerLauncher().launch(new WorkerLaunch(launch.executor(), launch.number(), launch.worker(),
				launch.share(), MUTE, launch.socket(), launch.token(), launch.directory(), launch.redactor()));
	}

	private static WorkerPool pool(ExecutorSpec spec, WorkerLauncher launcher) {
		List<String> packages = List.of("dev.offload");
		JdkPayloadCodec codec = new JdkPayloadCodec();
		return new WorkerPool(spec,
				new PoolSettings(launcher, codec, (any) -> WorkerSetup.plain(packages),
						new SafeRedactor((line) -> line.replace("computeForEver", "computeForAges")), List.of(),
						new MachineShares(Machine.current()).add(spec), Duration.ofHours(1)),
				new PoolCodec(spec, codec, packages));
	}

	private OffloadExecutor create(ExecutorSpec spec, WorkerLauncher launcher) {
		return create(spec, pool(spec, launcher));
	}

	private OffloadExecutor create(ExecutorSpec spec, WorkerPool pool) {
		return closedLater(new DispatchingExecutor(spec, pool, ExecutorListener.NONE));
	}

	private static void kill(String signal, long pid) throws Exception {
		assertThat(new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor()).isZero();
	}

	private static List<Path> dumpsOf(long pid) throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("offload-dump-pool-" + pid + "-"))
				.toList();
		}
	}

}
