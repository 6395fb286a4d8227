package dev.offload.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the ends of processes: workers that are killed, and a service that is stopped
 * or killed.
 */
class LifecycleIntegrationTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final String INVOICE = "/invoices/INV-2026-0001.pdf";

	@TempDir
	private Path directory;

	@Test
	void killOfEachWorkerAndOfAllAtOnceIsSurvivedByServiceAndDatabase() throws Exception {
		try (SampleProcess sample = SampleProcess.start(this.directory)) {
			sample.awaitWorkers();
			for (String pool : List.of("pdf", "parse", "image", "chaos")) {
				for (long pid : sample.workers(pool)) {
					kill(pid);
					assertThat(sample.get("/invoices").statusCode()).isEqualTo(200);
					awaitReplacement(sample, pool, pid);
				}
			}
			HttpResponse<byte[]> response = sample.get(INVOICE);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValueAsLong("X-Worker-Pid").orElseThrow()).isIn(sample.workers("pdf"));
			assertThat(sample.postPdf("/documents/text", response.body()).statusCode()).isEqualTo(200);
			List<Long> before = sample.workers("pdf");
			before.forEach(LifecycleIntegrationTests::kill);
			assertThat(sample.get("/invoices").statusCode()).isEqualTo(200);
			Awaitility.await().atMost(LIMIT).until(() -> sample.get(INVOICE).statusCode() == 200);
			assertThat(sample.workers("pdf")).doesNotContainAnyElementsOf(before);
		}
	}

	@Test
	void stopUnderLoadLeavesNothing() throws Exception {
		try (SampleProcess sample = SampleProcess.start(this.directory)) {
			sample.awaitWorkers();
			List<ProcessHandle> tree = sample.tree();
			ExecutorService clients = Executors.newFixedThreadPool(8);
			try {
				CountDownLatch answered = new CountDownLatch(40);
				for (int i = 0; i < 8; i++) {
					clients.execute(() -> requestUntilRefused(sample, answered));
				}
				assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
				sample.stop();
			}
			finally {
				clients.shutdownNow();
			}
			assertNothingIsLeft(sample, tree);
		}
	}

	@Test
	void killOfTheServiceEndsItsWorkersAndLosesNoDataAndStopOfTheNextLeavesNothing() throws Exception {
		try (SampleProcess sample = SampleProcess.start(this.directory)) {
			sample.awaitWorkers();
			assertThat(sample.post("/chaos/fork-child").statusCode()).isEqualTo(200);
			List<ProcessHandle> tree = sample.tree();
			sample.handle().destroyForcibly();
			awaitEnd(tree);
		}
		try (SampleProcess sample = SampleProcess.start(this.directory)) {
			sample.awaitWorkers();
			assertThat(sample.get(INVOICE).statusCode()).isEqualTo(200);
			assertThat(sample.post("/chaos/fork-child").statusCode()).isEqualTo(200);
			List<ProcessHandle> tree = sample.tree();
			assertThat(tree).hasSizeGreaterThanOrEqualTo(7);
			sample.stop();
			assertNothingIsLeft(sample, tree);
			assertThat(sample.log()).doesNotContain(" WARN ", " ERROR ");
		}
	}

	private static void requestUntilRefused(SampleProcess sample, CountDownLatch answered) {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				sample.get(INVOICE);
				answered.countDown();
			}
		}
		catch (IOException ex) {
			// The service listens no more.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void assertNothingIsLeft(SampleProcess sample, List<ProcessHandle> tree) throws IOException {
		awaitEnd(tree);
		// The libraries that were taken out of the fat jar serve the next start.
		assertThat(files(sample.temporaryFiles())).filteredOn((file) -> !file.toString().contains("offload-cache-"))
			.isEmpty();
		assertThat(files(sample.data())).filteredOn((file) -> Files.isRegularFile(file))
			.extracting((file) -> file.getFileName().toString())
			.isSubsetOf("invoices.mv.db", ".pdfbox.cache");
	}

	private static void awaitEnd(List<ProcessHandle> processes) {
		processes
			.forEach((process) -> assertThat(process.onExit()).as("the end of " + process.pid()).succeedsWithin(LIMIT));
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> !file.equals(directory)).toList();
		}
	}

	private static void kill(long pid) {
		ProcessHandle.of(pid).orElseThrow().destroyForcibly();
	}

	private static void awaitReplacement(SampleProcess sample, String pool, long killed) {
		int size = "pdf".equals(pool) ? 2 : 1;
		Awaitility.await("a new worker of " + pool)
			.atMost(LIMIT)
			.until(() -> sample.workers(pool), (workers) -> workers.size() == size && !workers.contains(killed));
	}

}
