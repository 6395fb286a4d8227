package dev.offload.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.offload.OffloadExecutor;
import dev.offload.WorkerSpec;
import dev.offload.WorkerTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what carries calls to a worker, as the worker itself sees it: its pipes are among
 * its open files, and the memory that it shares is in the map of its memory.
 */
@EnabledOnOs(OS.LINUX)
class TransportIntegrationTests extends AbstractPool {

	private static final byte[] LONG = new byte[100_000];

	private static final Path SELF = Path.of("/proc/self");

	@Test
	void slotHasPipesAndWithLongMessagesSharedMemory() throws Exception {
		OffloadExecutor executor = create(spec());
		assertThat(waysAfterShort(executor)).as("before a long message").containsExactly("a", "t");
		assertThat(waysAfterLong(executor)).containsExactly("a", "m", "t");
	}

	@Test
	void slotHasNeitherWhereOnlyTheSocketIsWanted() throws Exception {
		OffloadExecutor executor = create(spec().worker(worker().transport(WorkerTransport.SOCKET).build()));
		assertThat(waysAfterLong(executor)).isEmpty();
	}

	@Test
	void longMessagesGoThroughTheSocketWhereTheDirectoryIsReadOnly() throws Exception {
		List<String> prefix = List.of("bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--die-with-parent");
		assumeRuns(prefix);
		WorkerSpec confined = worker().launcherPrefix(prefix).build();
		assertThat(waysAfterLong(create(spec().worker(confined)))).containsExactly("a", "t");
	}

	private static List<String> waysAfterShort(OffloadExecutor executor) throws Exception {
		return executor.call(TransportIntegrationTests::ways);
	}

	// The first long messages come before the worker has the memory.
	private static List<String> waysAfterLong(OffloadExecutor executor) throws Exception {
		byte[] bytes = LONG;
		for (int i = 0; i < 3; i++) {
			assertThat(executor.call(() -> bytes.clone())).hasSameSizeAs(LONG);
		}
		return executor.call(TransportIntegrationTests::ways);
	}

	// The first letter of the names that they had.
	private static List<String> ways() throws IOException {
		List<String> files = new ArrayList<>(Files.readAllLines(SELF.resolve("maps")));
		try (Stream<Path> open = Files.list(SELF.resolve("fd"))) {
			for (Path file : open.filter(Files::isSymbolicLink).toList()) {
				files.add(target(file));
			}
		}
		return files.stream()
			.filter((file) -> file.matches(".*/offload-[^/]+/(w\\d+/)?[atm][\\d-]+ \\(deleted\\)"))
			.map((file) -> file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('/') + 2))
			.distinct()
			.sorted()
			.toList();
	}

	// That of the directory itself is closed by then.
	private static String target(Path file) {
		try {
			return Files.readSymbolicLink(file).toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static void assumeRuns(List<String> prefix) throws InterruptedException {
		List<String> command = new ArrayList<>(prefix);
		command.add("true");
		try {
			Process process = new ProcessBuilder(command).start();
			Assumptions.assumeTrue(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0,
					() -> "cannot run " + command);
		}
		catch (IOException ex) {
			Assumptions.abort("there is no " + command.get(0));
		}
	}

}
