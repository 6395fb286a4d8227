package dev.offload.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerSpec;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for the examples of {@code worker.launcher-prefix} in the documentation, as far
 * as they run here.
 */
@EnabledOnOs(OS.LINUX)
class LauncherPrefixIntegrationTests extends AbstractPool {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final Path STAT = Path.of("/proc/self/stat");

	private static final Path LIMITS = Path.of("/proc/self/limits");

	/** In what follows the name of the program in {@code /proc/self/stat}. */
	private static final int NICE_FIELD = 16;

	@Test
	void niceMakesWorkersGiveWay() throws Exception {
		OffloadExecutor executor = behind("nice", "-n", "10");
		String stat = executor.call(() -> Files.readString(STAT));
		int own = nice(Files.readString(STAT));
		assertThat(nice(stat)).isEqualTo(Math.min(19, own + 10));
	}

	@Test
	void prlimitLimitsOpenFiles() throws Exception {
		OffloadExecutor executor = behind("prlimit", "--nofile=256");
		assertThat(executor.call(() -> Files.readString(LIMITS))).containsPattern("Max open files +256 +256 ");
	}

	@Test
	void prlimitEndsAWorkerThatHasUsedUpItsProcessorTime() {
		OffloadExecutor executor = behind("prlimit", "--cpu=4");
		WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class,
				() -> executor.call(Faults::spin));
		assertThat(failure.signal()).isIn("SIGXCPU", "SIGKILL");
		assertThat(failure).hasMessageContaining(failure.signal());
	}

	@Test
	void prlimitWithASofterLimitLetsTheSignalTellTheCause() {
		OffloadExecutor executor = behind("prlimit", "--cpu=4:30");
		WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class,
				() -> executor.call(Faults::spin));
		assertThat(failure.signal()).isEqualTo("SIGXCPU");
	}

	@Test
	void setprivTakesAwayNewPrivileges() throws Exception {
		assumeRuns("setpriv", "--no-new-privs", "true");
		OffloadExecutor executor = behind("setpriv", "--no-new-privs");
		assertThat(executor.call(() -> Files.readString(STATUS))).containsPattern("NoNewPrivs:\\s+1");
	}

	@Test
	void unshareTakesAwayTheNetwork() throws Exception {
		assumeRuns("unshare", "--net", "--map-root-user", "true");
		assertThatOnlyTheNetworkIsGone(behind("unshare", "--net", "--map-root-user"));
	}

	@Test
	void bwrapTakesAwayTheNetworkAndWriting() throws Exception {
		String[] prefix = { "bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--bind", "/tmp", "/tmp", "--unshare-net",
				"--die-with-parent" };
		assumeRuns(with(prefix, "true"));
		OffloadExecutor executor = behind(prefix);
		assertThatOnlyTheNetworkIsGone(executor);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> executor.call(() -> Files.createFile(Path.of("/var/tmp/not-to-be-written")).toString()));
	}

	@Test
	void workerInAProcessNamespaceOfItsOwnIsReachedAllTheSame() throws Exception {
		String[] prefix = { "unshare", "--pid", "--fork", "--kill-child", "--map-root-user" };
		assumeRuns(with(prefix, "true"));
		OffloadExecutor executor = create(spec().worker(prefixed(prefix)).killGrace(Duration.ZERO));
		assertThat(executor.call(Faults::pid)).isEqualTo(1);
		long wrapper = pids(executor).get(0);
		List<ProcessHandle> inside = ProcessHandle.of(wrapper).orElseThrow().descendants().toList();
		assertThat(inside).isNotEmpty();
		Gate gate = gate("stubborn");
		TaskHandle<Long> task = executor.submit(gate::passStubbornly,
				TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(500)));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> task.future().get(60, TimeUnit.SECONDS))
			.withCauseInstanceOf(TaskTimeoutException.class);
		awaitGone(wrapper);
		inside.forEach((process) -> awaitGone(process.pid()));
		assertThat(executor.call(Faults::pid)).isEqualTo(1);
	}

	private void assertThatOnlyTheNetworkIsGone(OffloadExecutor confined) throws Exception {
		OffloadExecutor free = create(spec());
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			int port = server.getLocalPort();
			assertThat(free.call(() -> connect(port))).isTrue();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> confined.call(() -> connect(port)));
			assertThat(confined.call(() -> 6 * 7)).isEqualTo(42);
		}
	}

	private static boolean connect(int port) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
			return socket.isConnected();
		}
	}

	private static int nice(String stat) {
		return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
	}

	private OffloadExecutor behind(String... prefix) {
		return create(spec().worker(prefixed(prefix)));
	}

	private static WorkerSpec prefixed(String... prefix) {
		return worker().launcherPrefix(List.of(prefix)).build();
	}

	private static String[] with(String[] words, String last) {
		String[] all = Arrays.copyOf(words, words.length + 1);
		all[words.length] = last;
		return all;
	}

	private static void assumeRuns(String... command) throws Exception {
		boolean runs;
		try {
			runs = new ProcessBuilder(command).start().waitFor() == 0;
		}
		catch (IOException ex) {
			runs = false;
		}
		Assumptions.assumeTrue(runs, () -> "not possible here: " + String.join(" ", command));
	}

}
