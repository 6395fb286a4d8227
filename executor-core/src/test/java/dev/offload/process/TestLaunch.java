package dev.offload.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;

import dev.offload.WorkerDeath;
import dev.offload.WorkerSpec;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerProcess;
import dev.offload.spi.WorkerShare;

/**
 * Starts test workers.
 */
final class TestLaunch {

	static final String MAIN_CLASS = "dev.offload.worker.TestWorker";

	private TestLaunch() {
	}

	/**
	 * Starts a worker with a small heap.
	 * @param directory the directory in which to make its own
	 * @param behaviour what it does
	 * @param settings more settings
	 * @return the worker, which may not have come to its main method yet
	 * @throws IOException if it cannot be started
	 */
	static WorkerProcess start(Path directory, String behaviour, WorkerSpec.Builder settings) throws IOException {
		return start(new JvmWorkerLauncher(), directory, behaviour, settings);
	}

	static WorkerProcess start(JvmWorkerLauncher launcher, Path directory, String behaviour,
			WorkerSpec.Builder settings) throws IOException {
		List<String> jvmArgs = new ArrayList<>(settings.build().jvmArgs());
		jvmArgs.add("-Dtest.behaviour=" + behaviour);
		Path own = Files.createTempDirectory(directory, "worker");
		WorkerSpec worker = settings.jvmArgs(jvmArgs).build();
		return launcher.launch(new WorkerLaunch("pdf", 1, worker, new WorkerShare(worker.heapBytes(), null), MAIN_CLASS,
				own.resolve("socket"), "the-token", own, OutputRedactor.NONE));
	}

	static WorkerSpec.Builder settings() {
		return WorkerSpec.builder().heapBytes(32L * 1024 * 1024);
	}

	/**
	 * Waits until the worker has done what it does at first.
	 * @param worker the worker
	 * @return its process id
	 */
	static long awaitReady(WorkerProcess worker) {
		return Long.parseLong(awaitLine(worker, "READY "));
	}

	static String awaitLine(WorkerProcess worker, String prefix) {
		return Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.pollInterval(5, TimeUnit.MILLISECONDS)
			.until(() -> line(worker, prefix), (line) -> line != null);
	}

	static WorkerDeath awaitEnd(WorkerProcess worker)
			throws InterruptedException, ExecutionException, TimeoutException {
		return worker.onEnd().get(30, TimeUnit.SECONDS);
	}

	/**
	 * Whether a process runs. One that has ended but whose end nobody has asked for yet
	 * does not, although the JDK calls it alive.
	 * @param pid its process id
	 * @return whether it does
	 */
	static boolean isRunning(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
			char state = stat.charAt(stat.lastIndexOf(')') + 2);
			return state != 'Z' && state != 'X';
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String line(WorkerProcess worker, String prefix) {
		return worker.lastOutput()
			.stream()
			.filter((line) -> line.startsWith(prefix))
			.map((line) -> line.substring(prefix.length()))
			.findFirst()
			.orElse(null);
	}

}
