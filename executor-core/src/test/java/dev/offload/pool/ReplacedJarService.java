package dev.offload.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerSpec;
import dev.offload.WorkerStartException;

/**
 * A service of which a jar is replaced while it runs. Arguments: the jar, and when that
 * happens. It prints what becomes of its tasks.
 */
public final class ReplacedJarService {

	private final Path jar;

	private ReplacedJarService(Path jar) {
		this.jar = jar;
	}

	public static void main(String[] arguments) throws Exception {
		ReplacedJarService service = new ReplacedJarService(Path.of(arguments[0]));
		switch (arguments[1]) {
			case "between-tasks" -> service.replaceBetweenTasks();
			case "before-the-first" -> service.replaceBeforeTheFirst();
			case "during-a-start" -> service.replaceDuringAStart();
			default -> throw new IllegalArgumentException(arguments[1]);
		}
	}

	private void replaceBetweenTasks() throws Exception {
		try (OffloadExecutor executor = create(WorkerSpec.builder())) {
			long pid = executor.call(Faults::pid);
			Path copy = this.jar.resolveSibling("copy");
			Files.copy(this.jar, copy, StandardCopyOption.COPY_ATTRIBUTES);
			replace();
			System.out.println("SAME WORKER " + (executor.call(Faults::pid) == pid));
			ProcessHandle.of(pid).orElseThrow().destroyForcibly();
			Awaitility.await().until(() -> executor.snapshot().workers().isEmpty());
			tellFailure(executor);
			Files.move(copy, this.jar, StandardCopyOption.REPLACE_EXISTING);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.ignoreExceptionsInstanceOf(OffloadException.class)
				.until(() -> executor.call(Faults::pid) != pid);
			System.out.println("AGAIN");
		}
	}

	private void replaceBeforeTheFirst() throws Exception {
		try (OffloadExecutor executor = create(WorkerSpec.builder())) {
			replace();
			tellFailure(executor);
		}
	}

	private void replaceDuringAStart() throws Exception {
		String script = "touch -d 2001-01-01T00:00:00Z '" + this.jar + "'; exec \"$0\" \"$@\"";
		try (OffloadExecutor executor = create(WorkerSpec.builder().launcherPrefix(List.of("sh", "-c", script)))) {
			tellFailure(executor);
		}
	}

	private static OffloadExecutor create(WorkerSpec.Builder worker) {
		return new ProcessExecutorFactory().create(ExecutorSpec.builder("pool")
			.maxWorkers(1)
			.worker(worker.heapBytes(64 * MemoryDemand.MEGABYTE).build())
			.build());
	}

	// As a deployment does it: another file of the same name.
	private void replace() throws Exception {
		Path other = Files.write(this.jar.resolveSibling("other"), new byte[123]);
		Files.setLastModifiedTime(other, FileTime.fromMillis(1_000_000_000_000L));
		Files.move(other, this.jar, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void tellFailure(OffloadExecutor executor) throws Exception {
		try {
			System.out.println("RUN BY " + executor.call(Faults::pid));
		}
		catch (WorkerStartException ex) {
			System.out.println("REFUSED " + ex.getMessage());
		}
	}

}
