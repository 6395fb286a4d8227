package dev.offload.test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerSpec;
import dev.offload.pool.ProcessExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each kind of thing left behind is seen, and that an executor leaves nothing.
 */
class LeftoversIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	void nothingNewIsNoGrowth() {
		Leftovers now = Leftovers.now();
		assertThat(now.describeGrowth(now)).isEmpty();
	}

	@Test
	void openFileIsNamed(@TempDir Path directory) throws IOException {
		Path file = Files.createFile(directory.resolve("left-open"));
		Leftovers before = Leftovers.now();
		try (InputStream input = Files.newInputStream(file)) {
			assertThat(input).isNotNull();
			assertThat(Leftovers.now().describeGrowth(before)).contains("file descriptors").contains("left-open");
		}
		Leftovers.awaitNoGrowth(before, PATIENCE);
	}

	@Test
	void threadIsNamed() {
		CountDownLatch end = new CountDownLatch(1);
		Leftovers before = Leftovers.now();
		Thread thread = FaultThreads.start("left-running", () -> {
			try {
				end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThat(thread.isDaemon()).isTrue();
		assertThat(Leftovers.now().describeGrowth(before)).contains("threads").contains("left-running");
		end.countDown();
		Leftovers.awaitNoGrowth(before, PATIENCE);
	}

	@Test
	void childProcessIsNamed() throws Exception {
		Leftovers before = Leftovers.now();
		Process child = new ProcessBuilder("sleep", "300").start();
		try {
			assertThat(Leftovers.now().describeGrowth(before)).contains("child processes")
				.contains(Long.toString(child.pid()));
		}
		finally {
			child.destroyForcibly().waitFor();
			child.getInputStream().close();
			child.getErrorStream().close();
			child.getOutputStream().close();
		}
		Leftovers.awaitNoGrowth(before, PATIENCE);
	}

	@Test
	void directoryOfPoolIsNamed() throws IOException {
		Leftovers before = Leftovers.now();
		Path directory = Files.createTempDirectory("offload-" + ProcessHandle.current().pid() + "-0-");
		try {
			String name = directory.getFileName().toString();
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> Leftovers.awaitNoGrowth(before, Duration.ZERO))
				.withMessageContaining("temporary files")
				.withMessageContaining(name);
		}
		finally {
			Files.delete(directory);
		}
	}

	@Test
	void openExecutorIsSeenAndClosedOneLeavesNothing() throws Exception {
		useExecutor();
		Leftovers before = Leftovers.now();
		String held = useExecutor().describeGrowth(before);
		assertThat(held).contains("file descriptors")
			.contains("threads")
			.contains("child processes")
			.contains("temporary files");
		Leftovers.awaitNoGrowth(before, PATIENCE);
	}

	// Returns what was held while the executor was open.
	private static Leftovers useExecutor() throws Exception {
		ExecutorSpec spec = ExecutorSpec.builder("leaving")
			.maxWorkers(1)
			.worker(WorkerSpec.builder().heapBytes(32L * 1024 * 1024).build())
			.build();
		try (OffloadExecutor executor = new ProcessExecutorFactory().create(spec)) {
			executor.call(FaultTasks.sleep(Duration.ofMillis(1)));
			return Leftovers.now();
		}
	}

}
