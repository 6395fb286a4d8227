package dev.offload.pool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerSpec;
import dev.offload.WorkerState;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes pools, and sees that nothing of them is left.
 */
abstract class AbstractPool {

	@TempDir
	@Nullable Path directory;

	private final List<OffloadExecutor> executors = new ArrayList<>();

	private final List<Long> pids = new ArrayList<>();

	static ExecutorSpec.Builder spec() {
		return ExecutorSpec.builder("pool").maxWorkers(1).worker(worker().build());
	}

	static WorkerSpec.Builder worker() {
		return WorkerSpec.builder().heapBytes(64L * 1024 * 1024);
	}

	OffloadExecutor create(ExecutorSpec.Builder spec) {
		return closedLater(
				ProcessExecutorFactory.builder().applicationPackages("dev.offload").build().create(spec.build()));
	}

	OffloadExecutor closedLater(OffloadExecutor executor) {
		this.executors.add(executor);
		return executor;
	}

	Gate gate(String name) {
		return new Gate(Objects.requireNonNull(this.directory), name);
	}

	long pidOf(OffloadExecutor executor) throws Exception {
		long pid = executor.call(Faults::pid);
		this.pids.add(pid);
		return pid;
	}

	static List<Long> pids(OffloadExecutor executor) {
		return executor.snapshot().workers().stream().map(WorkerSnapshot::pid).toList();
	}

	static void kill(long pid) throws Exception {
		signal(pid, "KILL");
	}

	static void signal(long pid, String name) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor(10, TimeUnit.SECONDS))
			.isTrue();
	}

	static void awaitGone(long pid) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
	}

	static void awaitReady(OffloadExecutor executor, int number) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ready(executor.snapshot()) == number);
	}

	static long ready(ExecutorSnapshot snapshot) {
		return snapshot.workers().stream().map(WorkerSnapshot::state).filter(AbstractPool::isReady).count();
	}

	private static boolean isReady(WorkerState state) {
		return state == WorkerState.IDLE || state == WorkerState.BUSY;
	}

	static void awaitNothingPending(OffloadExecutor executor) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> executor.snapshot().pending() == 0);
	}

	@AfterEach
	void nothingIsLeft() {
		for (OffloadExecutor executor : this.executors) {
			this.pids.addAll(pids(executor));
			executor.closeNow();
		}
		for (Long pid : this.pids) {
			if (pid > 0) {
				awaitGone(pid);
			}
		}
		assertThat(ProcessHandle.current().children()).as("processes left").isEmpty();
	}

}
