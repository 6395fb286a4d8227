package dev.offload.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.WorkerContext;
import dev.offload.WorkerDeath;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JvmWorkerLauncher}.
 */
class JvmWorkerLauncherIntegrationTests {

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
	void launchGivesTheTokenThroughStandardInputOnly() throws Exception {
		WorkerProcess worker = start("token,stdin,environment,properties,options", TestLaunch.settings());
		TestLaunch.awaitReady(worker);
		assertThat(worker.lastOutput()).contains("TOKEN the-token", "STDIN -1");
		assertThat(worker.lastOutput()).filteredOn((line) -> line.contains("the-token")).hasSize(1);
	}

	@Test
	void launchWritesArgumentsThatOnlyItsOwnerReads() throws Exception {
		start("idle", TestLaunch.settings());
		try (var files = Files.walk(this.directory)) {
			Path arguments = files.filter((file) -> file.endsWith("java.args")).findFirst().orElseThrow();
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(arguments))).isEqualTo("rw-------");
		}
	}

	@Test
	void launchSetsThePropertiesOfTheWorker() throws Exception {
		WorkerProcess worker = start("properties", TestLaunch.settings());
		TestLaunch.awaitReady(worker);
		assertThat(worker.lastOutput())
			.contains("PROPERTY offload.worker.executor=pdf", "PROPERTY offload.worker.number=1",
					"PROPERTY java.awt.headless=true")
			.anyMatch((line) -> line.startsWith("PROPERTY offload.worker.socket=" + this.directory));
	}

	@Test
	void launchPassesOnFewVariables() throws Exception {
		WorkerProcess worker = start("environment",
				TestLaunch.settings().environment(Map.of("ADDED", "yes", "JAVA_TOOL_OPTIONS", "-Dadded=true")));
		TestLaunch.awaitReady(worker);
		assertThat(worker.lastOutput()).contains("ENV ADDED=yes", "ENV PATH=" + System.getenv("PATH"));
		List<String> names = worker.lastOutput()
			.stream()
			.filter((line) -> line.startsWith("ENV "))
			.map((line) -> line.substring(4, line.indexOf('=')))
			.toList();
		assertThat(names).doesNotContain("MAVEN_CMD_LINE_ARGS", "MAVEN_PROJECTBASEDIR", "PWD", "CLASSPATH");
	}

	@Test
	void launchWhenWorkerHasNoContextPassesOnNoProperties() throws Exception {
		WorkerProcess worker = start("options", TestLaunch.settings());
		TestLaunch.awaitReady(worker);
		assertThat(worker.lastOutput()).noneMatch((line) -> line.contains("-Dsurefire") || line.contains("spring"));
	}

	@Test
	void launchWhenWorkerHasTheApplicationSwitchesDevtoolsOff() throws Exception {
		WorkerProcess worker = start("options", TestLaunch.settings().context(WorkerContext.APPLICATION));
		TestLaunch.awaitReady(worker);
		assertThat(worker.lastOutput()).contains("OPTION -Dspring.devtools.restart.enabled=false");
	}

	@Test
	void launchWhenOutputIsNotAsciiReadsIt() throws Exception {
		WorkerProcess worker = start("umlaut", TestLaunch.settings().environment(Map.of("LC_ALL", "C")));
		TestLaunch.awaitReady(worker);
		assertThat(worker.lastOutput()).contains("UMLAUT äöü€");
	}

	@Test
	void launchWhenDirectoryIsGivenStartsThere() throws Exception {
		Path other = Files.createDirectory(this.directory.resolve("other place"));
		WorkerProcess worker = start("directory", TestLaunch.settings().directory(other.toString()));
		TestLaunch.awaitReady(worker);
		assertThat(worker.lastOutput()).contains("DIRECTORY " + other);
	}

	@Test
	void launchWhenDirectoryIsMissingSaysSo() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> start("idle", TestLaunch.settings().directory("/no/such")))
			.withMessageContaining("worker 1 of executor 'pdf'")
			.withMessageContaining("worker.directory /no/such");
	}

	@Test
	void launchWhenDirectoryForHeapDumpsIsMissingSaysSo() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> start("idle", TestLaunch.settings().heapDumps("/no/such")))
			.withMessageContaining("worker 1 of executor 'pdf'")
			.withMessageContaining("worker.heap-dumps /no/such");
	}

	@Test
	void heapThatIsFullIsDumpedIntoTheDirectory() throws Exception {
		Path dumps = Files.createDirectory(this.directory.resolve("heap dumps"));
		WorkerProcess worker = start("oom", TestLaunch.settings().heapDumps(dumps.toString()));
		WorkerDeath death = TestLaunch.awaitEnd(worker);
		assertThat(death.reason()).contains("heap");
		Path dump = dumps.resolve("java_pid" + death.pid() + ".hprof");
		assertThat(dump).isNotEmptyFile();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump))).isEqualTo("rw-------");
	}

	@Test
	void launchWhenPrefixIsMissingSaysSo() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> start("idle", TestLaunch.settings().launcherPrefix(List.of("no-such-program"))))
			.withMessageContaining("worker 1 of executor 'pdf'")
			.withMessageContaining("no-such-program")
			.withMessageContaining("worker.launcher-prefix");
	}

	@Test
	void launchWhenJavaIsMissingSaysSo() {
		String home = System.setProperty("java.home", "/no/such/java");
		try {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> start("idle", TestLaunch.settings()))
				.withMessageContaining("/no/such/java/bin/java");
		}
		finally {
			System.setProperty("java.home", home);
		}
	}

	@Test
	void launchWhenJvmOptionIsWrongTellsWhatTheJvmSaid() throws Exception {
		WorkerProcess worker = start("idle", TestLaunch.settings().jvmArgs(List.of("-XX:+NoSuchOption")));
		WorkerDeath death = TestLaunch.awaitEnd(worker);
		assertThat(death.exitCode()).isEqualTo(1);
		assertThat(death.reason()).contains("the JVM did not start", "worker.jvm-args");
		assertThat(death.lastOutput()).anyMatch((line) -> line.contains("NoSuchOption"));
	}

	@Test
	void launchWhenFixedOptionIsChangedSaysSo() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> start("idle", TestLaunch.settings().jvmArgs(List.of("-XX:-UseCountedLoopSafepoints"))))
			.withMessageContaining("worker.jvm-args of executor 'pdf' must not have '-XX:-UseCountedLoopSafepoints'");
	}

	@Test
	void identifyWhenPrefixReplacesItselfKeepsThePid() throws Exception {
		WorkerProcess worker = start("idle", TestLaunch.settings().launcherPrefix(List.of("nice", "-n", "10")));
		long pid = TestLaunch.awaitReady(worker);
		assertThat(worker.pid()).isEqualTo(pid);
		worker.identify(pid);
		worker.kill();
		assertThat(TestLaunch.awaitEnd(worker).signal()).isEqualTo("SIGKILL");
	}

	@Test
	void identifyWhenPrefixStaysMakesKillReachBoth() throws Exception {
		WorkerProcess worker = start("child", stayingWrapper());
		long wrapper = worker.pid();
		long pid = TestLaunch.awaitReady(worker);
		assertThat(pid).isNotEqualTo(wrapper);
		worker.identify(pid);
		assertThat(worker.pid()).isEqualTo(pid);
		worker.kill();
		WorkerDeath death = TestLaunch.awaitEnd(worker);
		assertThat(death.pid()).isEqualTo(pid);
		assertThat(worker.isAlive()).isFalse();
		assertThat(List.of(wrapper, pid, child(worker))).noneMatch(TestLaunch::isRunning);
	}

	@Test
	void onEndWhenWorkerBelowAPrefixExitsTellsItsCode() throws Exception {
		WorkerProcess worker = start("exit5", stayingWrapper());
		assertThat(TestLaunch.awaitEnd(worker).exitCode()).isEqualTo(5);
	}

	@Test
	void onEndWhenOnlyThePrefixIsKilledTakesTheWorkerWithIt() throws Exception {
		WorkerProcess worker = start("idle", stayingWrapper());
		long wrapper = worker.pid();
		long pid = TestLaunch.awaitReady(worker);
		worker.identify(pid);
		ProcessHandle.of(wrapper).orElseThrow().destroyForcibly();
		TestLaunch.awaitEnd(worker);
		assertThat(TestLaunch.isRunning(pid)).isFalse();
	}

	@Test
	void identifyWhenProcessIsNotItsOwnIsIgnored() throws Exception {
		WorkerProcess worker = start("idle", TestLaunch.settings());
		long pid = worker.pid();
		worker.identify(ProcessHandle.current().pid());
		worker.identify(1);
		assertThat(worker.pid()).isEqualTo(pid);
	}

	private static WorkerSpec.Builder stayingWrapper() {
		return TestLaunch.settings().launcherPrefix(List.of("sh", "-c", "\"$0\" \"$@\"; exit $?"));
	}

	private static long child(WorkerProcess worker) {
		return Long.parseLong(TestLaunch.awaitLine(worker, "CHILD "));
	}

	private WorkerProcess start(String behaviour, WorkerSpec.Builder settings) throws IOException {
		WorkerProcess worker = TestLaunch.start(this.directory, behaviour, settings);
		this.workers.add(worker);
		return worker;
	}

}
