package dev.offload.pool;

import java.io.BufferedReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerHeartbeat;
import dev.offload.WorkerSnapshot;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for signs of life, and for workers that give none.
 */
class HangIntegrationTests extends AbstractPool {

	private static final Duration LIMIT = Duration.ofSeconds(2);

	@Test
	void snapshotHasTheLastSignOfLife() throws Exception {
		OffloadExecutor executor = create(spec());
		pidOf(executor);
		WorkerHeartbeat heartbeat = awaitHeartbeat(executor);
		assertThat(heartbeat.heapUsedBytes()).isPositive().isLessThanOrEqualTo(heartbeat.heapCommittedBytes());
		assertThat(heartbeat.heapMaxBytes()).isBetween(32L << 20, 64L << 20);
		assertThat(heartbeat.residentBytes()).isGreaterThan(heartbeat.heapUsedBytes());
		assertThat(heartbeat.threads()).isGreaterThan(3);
		assertThat(heartbeat.age()).isLessThan(Duration.ofSeconds(30));
	}

	@Test
	void stoppedIdleWorkerIsReplaced() throws Exception {
		OffloadExecutor executor = create(spec().hangTimeout(LIMIT).minWorkers(1));
		long pid = pidOf(executor);
		signal("STOP", pid);
		awaitGone(pid);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
		assertThat(executor.snapshot().workersStarted()).isEqualTo(2);
	}

	@Test
	void stoppedBusyWorkerFailsItsTaskWithTheSettingThatKilledIt() throws Exception {
		OffloadExecutor executor = create(spec().hangTimeout(LIMIT).maxTasksPerWorker(1));
		Gate gate = gate("stopped");
		TaskHandle<Long> task = executor.submit(gate::pass);
		gate.awaitEntered();
		long pid = pids(executor).get(0);
		signal("STOP", pid);
		ExecutionException failure = catchThrowableOfType(ExecutionException.class,
				() -> task.future().get(60, TimeUnit.SECONDS));
		assertThat(failure).cause()
			.isInstanceOfSatisfying(WorkerCrashException.class, (crash) -> assertThat(crash.pid()).isEqualTo(pid))
			.hasMessageContaining("pid " + pid)
			.hasMessageContaining("no sign of life for hang-timeout PT2S")
			.hasMessageContaining(task.id());
		awaitGone(pid);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
	}

	@Test
	void busyWorkerLives() throws Exception {
		OffloadExecutor executor = create(spec().hangTimeout(LIMIT).killGrace(Duration.ZERO));
		long pid = pidOf(executor);
		TaskHandle<Long> spinning = executor.submit(Faults::spin);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> hasRun(executor, LIMIT.multipliedBy(2)));
		assertThat(pids(executor)).containsExactly(pid);
		spinning.cancel();
	}

	@Test
	void stoppedServiceKillsNoWorkerWhenItGoesOn() throws Exception {
		Process service = new ProcessBuilder(List.of(java(), "-Xmx64m", "-cp", System.getProperty("java.class.path"),
				StoppedService.class.getName(), LIMIT.toString()))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = service.inputReader()) {
			String worker = output.lines().filter((line) -> line.startsWith("WORKER ")).findFirst().orElse("none");
			for (int i = 0; i < 2; i++) {
				signal("STOP", service.pid());
				// What is waited for is the time itself.
				TimeUnit.NANOSECONDS.sleep(LIMIT.multipliedBy(2).toNanos());
				signal("CONT", service.pid());
			}
			service.getOutputStream().write('\n');
			service.getOutputStream().flush();
			String[] later = output.lines()
				.filter((line) -> line.startsWith("LATER "))
				.findFirst()
				.orElse("")
				.split(" ");
			assertThat(later).containsExactly("LATER", worker.split(" ", -1)[1], "1");
			service.getOutputStream().close();
			assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			service.destroyForcibly();
		}
	}

	private static WorkerHeartbeat awaitHeartbeat(OffloadExecutor executor) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> executor.snapshot().workers().get(0).heartbeat(), (heartbeat) -> heartbeat != null);
	}

	private static boolean hasRun(OffloadExecutor executor, Duration time) {
		return executor.snapshot()
			.workers()
			.stream()
			.map(WorkerSnapshot::currentTasks)
			.flatMap(List::stream)
			.anyMatch((task) -> task.running().compareTo(time) > 0);
	}

	private static String java() {
		return System.getProperty("java.home") + "/bin/java";
	}

	private static void signal(String name, long pid) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor()).isZero();
	}

}
