package dev.offload.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Services whose machine has no room, no rights or no file descriptors left: each call
 * ends with an error that names the cause, and works again when the cause is gone.
 */
class EnvironmentFaultsIntegrationTests {

	@TempDir
	@Nullable Path directory;

	private @Nullable ChildService service;

	@AfterEach
	void endService() {
		if (this.service != null) {
			this.service.close();
		}
		assertThat(ProcessHandle.current().children()).as("processes left").isEmpty();
	}

	private Path temporary() {
		return Objects.requireNonNull(this.directory).resolve("tmp");
	}

	private static boolean run(String... command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getInputStream().readAllBytes();
		return process.waitFor() == 0;
	}

	// A service whose directory for temporary files is a file system of its own.
	private ChildService startOnMount(String options) throws Exception {
		assumeTrue(run("unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"),
				"this machine lets no user make namespaces");
		Files.createDirectory(temporary());
		String mount = "mount -t tmpfs -o " + options + " none " + temporary() + " && exec \"$@\"";
		ChildService started = ChildService.start(List.of("unshare", "-rm", "sh", "-c", mount, "sh"),
				List.of("-Djava.io.tmpdir=" + temporary()), Map.of());
		this.service = started;
		return started;
	}

	@Test
	void fullDiskIsToldAndWorkersStartWhenThereIsRoomAgain() throws Exception {
		ChildService service = startOnMount("size=1m");
		assertThat(service.ask("fill " + temporary().resolve("filler"))).contains("No space left on device");
		assertThat(service.ask("call")).startsWith("FAILED dev.offload.WorkerStartException: ")
			.contains("Executor 'pool'", "No space left on device", temporary().toString(), "java.io.tmpdir");
		assertThat(service.ask("free " + temporary().resolve("filler"))).isEqualTo("OK true");
		recover(service);
		assertThat(service.ask("fill " + temporary().resolve("filler"))).contains("No space left on device");
		assertThat(service.askNumber("call")).as("the worker that is there works on").isPositive();
		assertThat(service.ask("close")).isEqualTo("OK closed");
	}

	@Test
	void fullDiskFailsTheCallWhoseStreamHasNoRoomAndLeavesNothingOfIt() throws Exception {
		ChildService service = startOnMount("size=2m");
		long worker = service.askNumber("call");
		for (String way : List.of("stream", "answer")) {
			assertThat(service.ask(way + " 4000000")).startsWith("FAILED dev.offload.PayloadException: ")
				.contains("No space left on device", temporary().toString(), " bytes, with ", " bytes free there",
						"offload.executors.pool.spool-directory");
			assertThat(service.ask(way + " 1000000")).startsWith("OK 1000000");
		}
		assertThat(service.askNumber("call")).as("the worker that is there works on").isEqualTo(worker);
		assertThat(service.ask("close")).isEqualTo("OK closed");
	}

	// The pool waits between its attempts, and refuses tasks meanwhile.
	private static void recover(ChildService service) throws Exception {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> service.ask("call").startsWith("OK "));
	}

	@Test
	void readOnlyTemporaryDirectoryIsToldAndWorkersStartWhenItIsWritable() throws Exception {
		ChildService service = startOnMount("size=1m,ro");
		assertThat(service.ask("call")).startsWith("FAILED dev.offload.WorkerStartException: ")
			.contains("Executor 'pool'", "Read-only file system", temporary().toString(), "java.io.tmpdir");
		assertThat(service.ask("run mount -o remount,rw " + temporary())).isEqualTo("OK 0");
		recover(service);
		assertThat(service.ask("close")).isEqualTo("OK closed");
	}

	@Test
	void temporaryDirectoryWithoutExecutionIsEnough() throws Exception {
		ChildService service = startOnMount("size=1m,noexec");
		assertThat(service.askNumber("call")).isPositive();
		assertThat(service.ask("close")).isEqualTo("OK closed");
	}

	@Test
	void exhaustedFileDescriptorsAreToldAndWorkersStartWhenThereAreSomeAgain() throws Exception {
		assumeTrue(run("prlimit", "--nofile=256", "true"), "this machine has no prlimit");
		ChildService service = ChildService.start(List.of("prlimit", "--nofile=256"), List.of(), Map.of());
		this.service = service;
		long worker = service.askNumber("call");
		assertThat(service.ask("hog")).contains("Too many open files");
		assertThat(service.askNumber("call")).as("the worker that is there works on").isEqualTo(worker);
		AbstractPool.kill(worker);
		ChildService.awaitEnded(worker);
		Awaitility.await().untilAsserted(() -> assertThat(service.ask("workers")).isEqualTo("OK []"));
		assertThat(service.ask("hog-but 4")).as("what its end gave back").contains("Too many open files");
		assertThat(service.ask("call")).startsWith("FAILED dev.offload.WorkerStartException: ")
			.contains("Executor 'pool'", "Too many open files", "ulimit -n");
		assertThat(service.ask("release")).isEqualTo("OK released");
		recover(service);
		assertThat(service.ask("close")).isEqualTo("OK closed");
	}

}
