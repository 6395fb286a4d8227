package dev.offload.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.WorkerDeath;
import dev.offload.WorkerLogging;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how workers end, what is told of it, and what they leave.
 */
class WorkerEndIntegrationTests {

	@TempDir
	private Path directory;

	private final List<WorkerProcess> workers = new ArrayList<>();

	@AfterEach
	void killWorkers() throws Exception {
		for (WorkerProcess worker : this.workers) {
			worker.kill();
			TestLaunch.awaitEnd(worker);
		}
	}

	@Test
	void killTakesTheProcessesOfTheWorkerWithIt() throws Exception {
		WorkerProcess worker = start("child,orphan,cleanchild");
		List<Long> started = started(worker, 3);
		worker.kill();
		WorkerDeath death = TestLaunch.awaitEnd(worker);
		assertThat(death.reason()).isEqualTo("killed by its service (SIGKILL)");
		assertThat(death.signal()).isEqualTo("SIGKILL");
		assertThat(death.exitCode()).isNull();
		assertThat(started).noneMatch(TestLaunch::isRunning);
	}

	@Test
	void killWhenCalledTwiceDoesNothingMore() throws Exception {
		WorkerProcess worker = start("idle");
		TestLaunch.awaitReady(worker);
		worker.kill();
		worker.kill();
		WorkerDeath death = TestLaunch.awaitEnd(worker);
		worker.kill();
		assertThat(worker.onEnd().join()).isSameAs(death);
		assertThat(worker.isAlive()).isFalse();
	}

	@Test
	void onEndWhenKilledFromOutsideHasKilledTheProcessesOfTheWorker() throws Exception {
		WorkerProcess worker = start("child,orphan");
		List<Long> started = started(worker, 2);
		killFromOutside(worker, "-9");
		WorkerDeath death = TestLaunch.awaitEnd(worker);
		assertThat(started).noneMatch(TestLaunch::isRunning);
		assertThat(death.signal()).isEqualTo("SIGKILL");
		assertThat(death.reason()).contains("from outside");
		assertThat(death.pid()).isEqualTo(worker.pid());
	}

	@Test
	void onEndWhenTaskExitsHasKilledTheProcessesOfTheWorker() throws Exception {
		WorkerProcess worker = start("child,orphan,exit7");
		WorkerDeath death = TestLaunch.awaitEnd(worker);
		assertThat(death.exitCode()).isEqualTo(7);
		assertThat(death.signal()).isNull();
		assertThat(death.lastOutput()).last().isEqualTo("bye");
		assertThat(started(worker, 2)).noneMatch(TestLaunch::isRunning);
	}

	@Test
	void onEndWhenNothingIsLeftIsToldAtOnce() throws Exception {
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			WorkerProcess worker = start("idle");
			TestLaunch.awaitReady(worker);
			long begin = System.nanoTime();
			ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly();
			TestLaunch.awaitEnd(worker);
			millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
		}
		millis.sort(null);
		System.out.println("From kill -9 of a worker to its onEnd, in ms: " + millis);
		assertThat(millis.get(10)).isLessThan(100);
	}

	@Test
	void onEndWhenTerminatedSaysSo() throws Exception {
		WorkerProcess worker = start("idle");
		TestLaunch.awaitReady(worker);
		killFromOutside(worker, "-TERM");
		assertThat(TestLaunch.awaitEnd(worker).reason()).contains("SIGTERM");
	}

	@Test
	void onEndWhenMemoryIsOutSaysSo() throws Exception {
		WorkerDeath death = TestLaunch.awaitEnd(start("oom"));
		assertThat(death.exitCode()).isEqualTo(3);
		assertThat(death.reason()).isEqualTo("exited with code 3 (out of memory: Java heap space)");
	}

	@Test
	void onEndWhenJvmCrashesKeepsItsReport() throws Exception {
		WorkerProcess worker = start("crash");
		WorkerDeath death = TestLaunch.awaitEnd(worker);
		assertThat(death.signal()).isEqualTo("SIGSEGV");
		assertThat(death.reason()).contains("crashed in native code or in the JVM");
		assertThat(death.errorSummary()).contains("SIGSEGV");
		Path report = Path.of(death.errorFile());
		assertThat(report).exists().hasFileName("offload-crash-pdf-" + worker.pid() + ".log");
		assertThat(report.startsWith(this.directory)).isFalse();
		Files.delete(report);
	}

	@Test
	void workerWhenInterruptedFromTheTerminalLivesOn() throws Exception {
		WorkerProcess worker = start("idle");
		TestLaunch.awaitReady(worker);
		killFromOutside(worker, "-INT");
		killFromOutside(worker, "-HUP");
		killFromOutside(worker, "-QUIT");
		TestLaunch.awaitLine(worker, "Full thread dump");
		assertThat(worker.isAlive()).isTrue();
	}

	@Test
	void lastOutputWhenWorkerFloodsStaysSmall() throws Exception {
		WorkerProcess worker = TestLaunch.start(this.directory, "flood",
				TestLaunch.settings().logging(WorkerLogging.OFF));
		this.workers.add(worker);
		TestLaunch.awaitReady(worker);
		assertThat(worker.lastOutput().stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(32 * 1024);
	}

	private static List<Long> started(WorkerProcess worker, int count) {
		return Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.until(() -> worker.lastOutput()
				.stream()
				.filter((line) -> line.startsWith("CHILD ") || line.startsWith("ORPHAN "))
				.map((line) -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
				.toList(), (pids) -> pids.size() == count);
	}

	private static void killFromOutside(WorkerProcess worker, String signal) throws Exception {
		new ProcessBuilder("kill", signal, Long.toString(worker.pid())).start().waitFor();
	}

	private WorkerProcess start(String behaviour) throws IOException {
		WorkerSpec.Builder settings = TestLaunch.settings();
		WorkerProcess worker = TestLaunch.start(this.directory, behaviour, settings);
		this.workers.add(worker);
		return worker;
	}

}
