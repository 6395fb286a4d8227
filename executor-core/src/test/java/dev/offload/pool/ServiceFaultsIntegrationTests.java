package dev.offload.pool;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.contract.Gate;
import dev.offload.spool.PrivateDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of workers and results when the service itself is stopped, killed or told
 * to end: each service is a process of its own.
 */
class ServiceFaultsIntegrationTests {

	private static final Path MEMORY = Path.of("/dev/shm");

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

	private ChildService start(String... options) throws Exception {
		return start(List.of(), List.of(options), Map.of());
	}

	private ChildService start(List<String> prefix, List<String> options, Map<String, String> environment)
			throws Exception {
		ChildService started = ChildService.start(prefix, options, environment);
		this.service = started;
		return started;
	}

	private Path path(String name) {
		return Objects.requireNonNull(this.directory).resolve(name);
	}

	private Gate gate(String name) {
		return new Gate(Objects.requireNonNull(this.directory), name);
	}

	// Until the worker's thread for tasks has left the processor for good: it waits for
	// its service, which is stopped, to read what it writes, or for the next task.
	private static void awaitTaskThreadWaiting(long pid) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).until(() -> {
			String before = taskThread(pid);
			TimeUnit.MILLISECONDS.sleep(200);
			return before.startsWith("S") && before.equals(taskThread(pid));
		});
	}

	// State and processor time of the thread.
	private static String taskThread(long pid) throws Exception {
		try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
			for (Path thread : threads.toList()) {
				if (Files.readString(thread.resolve("comm")).startsWith("pool-task-1")) {
					String stat = Files.readString(thread.resolve("stat"));
					String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
					return words[0] + " " + words[11] + " " + words[12];
				}
			}
		}
		throw new IllegalStateException("Worker " + pid + " has no thread for tasks");
	}

	@Test
	void killWhileTheResultIsHalfWrittenFailsItsTaskAtOnce() throws Exception {
		ChildService service = start();
		long worker = service.askNumber("call");
		stopServiceWhileTheResultComes(service, worker, 8 * 1024 * 1024);
		AbstractPool.kill(worker);
		ChildService.awaitEnded(worker);
		service.signal("CONT");
		assertThat(service.ask("result")).startsWith("FAILED dev.offload.WorkerCrashException")
			.contains("pid " + worker);
		assertThat(service.askNumber("call")).isNotEqualTo(worker);
	}

	@Test
	void killAfterTheResultWasWrittenDeliversIt() throws Exception {
		ChildService service = start();
		long worker = service.askNumber("call");
		stopServiceWhileTheResultComes(service, worker, 1000);
		AbstractPool.kill(worker);
		ChildService.awaitEnded(worker);
		service.signal("CONT");
		assertThat(service.ask("result")).isEqualTo("OK 1000 bytes");
		assertThat(service.askNumber("call")).isNotEqualTo(worker);
	}

	@Test
	void killOfServiceThatReadsAResultInSharedMemoryEndsItsWorkersAndLeavesWhatTheNextOneSweeps() throws Exception {
		ChildService service = start();
		long worker = service.askNumber("call");
		// with the next long one, there is memory
		assertThat(service.ask("large " + path("first") + " 100000")).isEqualTo("OK submitted");
		assertThat(service.ask("result")).isEqualTo("OK 100000 bytes");
		stopServiceWhileTheResultComes(service, worker, 8 * 1024 * 1024);
		assertThat(Files.readString(Path.of("/proc/" + worker + "/maps"))).containsPattern(" rw-s .*/offload-.*/m");
		service.signal("KILL");
		service.awaitExit();
		ChildService.awaitEnded(worker);
		assertThat(directoriesOf(service)).isNotEmpty();
		PrivateDirectory.create().delete();
		PrivateDirectory.create(MEMORY, "memory").delete();
		assertThat(directoriesOf(service)).isEmpty();
	}

	private static List<Path> directoriesOf(ChildService service) throws Exception {
		List<Path> found = new ArrayList<>();
		for (Path base : List.of(Path.of(System.getProperty("java.io.tmpdir")), MEMORY)) {
			try (Stream<Path> all = Files.list(base)) {
				found.addAll(
						all.filter((path) -> path.getFileName().toString().startsWith("offload-" + service.pid() + "-"))
							.toList());
			}
		}
		return found;
	}

	private void stopServiceWhileTheResultComes(ChildService service, long worker, int bytes) throws Exception {
		AbstractPool.signal(worker, "STOP");
		assertThat(service.ask("large " + path("marker") + " " + bytes)).isEqualTo("OK submitted");
		service.signal("STOP");
		AbstractPool.signal(worker, "CONT");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(path("marker")));
		awaitTaskThreadWaiting(worker);
	}

	@Test
	void workersLiveOnWhileTheirServiceIsStopped() throws Exception {
		ChildService service = start();
		Gate gate = gate("long");
		assertThat(service.ask("submit " + path("long"))).isEqualTo("OK submitted");
		gate.awaitEntered();
		String workers = service.ask("workers");
		service.signal("STOP");
		gate.letPass();
		// stands still for a while, which no limit of this service is as short as
		TimeUnit.SECONDS.sleep(2);
		service.signal("CONT");
		assertThat(service.ask("result")).startsWith("OK ");
		assertThat(service.ask("workers")).isEqualTo(workers);
		service.askNumber("call");
	}

	@Test
	void killOfServiceThatHasLeftSomethingUnreadEndsWhatItsWorkersHaveStarted() throws Exception {
		ChildService service = start();
		long worker = service.askNumber("call");
		long child = service.askNumber("child");
		service.signal("STOP");
		// its worker gives signs of life meanwhile, so that the connection ends with a
		// reset
		TimeUnit.SECONDS.sleep(2);
		service.signal("KILL");
		ChildService.awaitEnded(worker);
		ChildService.awaitEnded(child);
	}

	@Test
	void killOfTheServiceEndsWorkerThatStillStartsAndFreesItsOutput() throws Exception {
		Gate gate = gate("initializer");
		ChildService service = start("-Dtest.initializer=" + FaultyInitializer.class.getName(),
				"-Dtest.argument=" + path("initializer"));
		service.tell("call");
		gate.awaitEntered();
		long worker = entered(gate);
		assertThat(ChildService.isRunning(worker)).isTrue();
		service.signal("KILL");
		service.awaitExit();
		ChildService.awaitEnded(worker);
		service.awaitOutputEnd();
	}

	private long entered(Gate gate) throws Exception {
		assertThat(gate.wasEntered()).isTrue();
		return Awaitility.await().until(() -> {
			try (Stream<Path> marks = Files.list(path("initializer"))) {
				return marks.map((mark) -> mark.getFileName().toString())
					.filter((name) -> name.startsWith("entered-"))
					.map((name) -> Long.parseLong(name.split("-", -1)[1]))
					.findAny()
					.orElse(0L);
			}
		}, (pid) -> pid > 0);
	}

	@Test
	void serviceThatEndsWithItsPoolOpenIsNotHeldUp() throws Exception {
		ChildService service = start();
		long worker = service.askNumber("call");
		service.tell("end");
		assertThat(service.awaitExit()).isZero();
		ChildService.awaitEnded(worker);
		service.awaitOutputEnd();
	}

	@Test
	void secondTerminationWhileClosingChangesNothing() throws Exception {
		ChildService service = start("-Dtest.hook=true");
		Gate gate = gate("last");
		assertThat(service.ask("submit " + path("last"))).isEqualTo("OK submitted");
		gate.awaitEntered();
		service.tell("result");
		service.signal("TERM");
		service.signal("TERM");
		gate.letPass();
		assertThat(service.answer()).startsWith("OK ");
		assertThat(service.awaitExit()).isEqualTo(143);
		service.awaitOutputEnd();
	}

	@Test
	void interruptFromTheTerminalReachesAllAndTheRunningTaskStillEnds() throws Exception {
		// A build that was started in the background ignores this signal, and so would
		// its children.
		ChildService service = start(List.of("env", "--default-signal=INT", "setsid"), List.of("-Dtest.hook=true"),
				Map.of());
		Gate gate = gate("last");
		assertThat(service.ask("submit " + path("last"))).isEqualTo("OK submitted");
		gate.awaitEntered();
		service.tell("result");
		assertThat(new ProcessBuilder("kill", "-INT", "--", "-" + service.pid()).start().waitFor()).isZero();
		gate.letPass();
		assertThat(service.answer()).startsWith("OK ");
		assertThat(service.awaitExit()).isEqualTo(130);
		service.awaitOutputEnd();
		assertThat(service.output()).doesNotContain("died");
	}

	@Test
	void debuggerAndToolOptionsOfTheServiceAreNotInherited() throws Exception {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		ChildService service = start(List.of(),
				List.of("-Dcom.sun.management.jmxremote.port=0", "-Dcom.sun.management.jmxremote.authenticate=false",
						"-Dcom.sun.management.jmxremote.ssl=false"),
				Map.of("JAVA_TOOL_OPTIONS",
						"-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port));
		long worker = service.askNumber("call");
		assertThat(Files.readString(Path.of("/proc/" + worker + "/environ"))).doesNotContain("JAVA_TOOL_OPTIONS");
		assertThat(service.ask("close")).isEqualTo("OK closed");
	}

	@Test
	void languageTimeZoneAndEncodingOfTheServiceAreThoseOfItsWorkers() throws Exception {
		ChildService service = start(List.of(), List.of("-Duser.language=tr", "-Duser.country=TR",
				"-Duser.timezone=Asia/Tokyo", "-Dfile.encoding=ISO-8859-1"),
				Map.of("LC_ALL", "C", "TZ", "America/New_York"));
		assertThat(service.ask("where")).isEqualTo("OK tr_TR Asia/Tokyo ISO-8859-1");
	}

}
