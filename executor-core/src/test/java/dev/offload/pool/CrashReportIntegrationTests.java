package dev.offload.pool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.CrashReport;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.WorkerCrashException;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what a crash report holds.
 */
class CrashReportIntegrationTests extends AbstractPool {

	@Test
	void reportOfAKilledWorkerHasTaskMemoryAndOutput() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("victim");
		TaskHandle<Long> victim = executor.submit(() -> {
			System.out.println("almost there");
			return gate.passStubbornly();
		}, TaskOptions.DEFAULTS.withLabel("render 7"));
		gate.awaitEntered();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> executor.snapshot().workers().get(0).heartbeat() != null);
		long pid = pids(executor).get(0);
		kill(pid);
		WorkerCrashException failure = crash(victim);
		CrashReport report = failure.report();
		assertThat(report.executor()).isEqualTo("pool");
		assertThat(report.reason()).isEqualTo("crash");
		assertThat(report.death().pid()).isEqualTo(pid);
		assertThat(report.death().signal()).isEqualTo("SIGKILL");
		assertThat(report.death().evidence().killedByService()).isFalse();
		assertThat(report.death().lastOutput()).contains("almost there");
		assertThat(report.task().id()).isEqualTo(victim.id()).isEqualTo(failure.taskId());
		assertThat(report.task().label()).isEqualTo("render 7");
		assertThat(report.task().age()).isPositive();
		assertThat(report.task().attempt()).isOne();
		assertThat(report.lastHeartbeat().heapMaxBytes()).isBetween(32L << 20, 64L << 20);
		assertThat(failure).hasMessageContaining("MB of heap").hasMessageContaining("threads");
		assertThat(copy(failure).report()).isEqualTo(report);
	}

	@Test
	void reportOfATaskKilledForAnotherSaysWhy() throws Exception {
		OffloadExecutor executor = create(spec().threadsPerWorker(2).killGrace(Duration.ZERO));
		Gate gate = gate("bystander");
		TaskHandle<Long> bystander = executor.submit(gate::passStubbornly);
		gate.awaitEntered();
		executor.submit(Faults::spin, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(100)));
		CrashReport report = crash(bystander).report();
		assertThat(report.reason()).isEqualTo("timeout");
		assertThat(report.death().evidence().killedByService()).isTrue();
	}

	@Test
	void reportOfAFullHeapHasItsDump() throws Exception {
		Path dumps = Files.createDirectory(Objects.requireNonNull(this.directory).resolve("dumps"));
		OffloadExecutor executor = create(
				spec().worker(worker().heapBytes(32L << 20).heapDumps(dumps.toString()).build()));
		WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class,
				() -> executor.call(Faults::useUpHeap));
		assertThat(failure.exitCode()).isEqualTo(3);
		String file = failure.report().death().evidence().heapDump();
		assertThat(file).isEqualTo(dumps.resolve("java_pid" + failure.pid() + ".hprof").toString());
		assertThat(Files.getPosixFilePermissions(Path.of(file)))
			.containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
		assertThat(failure).hasMessageContaining(file).hasMessageContaining("out of memory");
	}

	private static WorkerCrashException crash(TaskHandle<?> handle) {
		return (WorkerCrashException) catchThrowableOfType(ExecutionException.class,
				() -> handle.future().get(60, TimeUnit.SECONDS))
			.getCause();
	}

	private static WorkerCrashException copy(WorkerCrashException failure) throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
			output.writeObject(failure);
		}
		try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			return (WorkerCrashException) input.readObject();
		}
	}

}
