package dev.offload.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what goes wrong in workers: each caller gets an answer with the reason, and
 * the next one is served.
 */
class ChaosIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@TempDir
	private static Path directory;

	private static SampleProcess sample;

	@BeforeAll
	static void start() throws IOException {
		sample = SampleProcess.start(directory);
		sample.awaitWorkers();
	}

	@AfterAll
	static void stop() {
		sample.close();
	}

	@ParameterizedTest
	@CsvSource({ "exit, 42", "halt, 43" })
	void exitNamesTheExitCode(String kind, int exitCode) throws Exception {
		for (int i = 0; i < 2; i++) {
			JsonNode problem = assertCrash(kind);
			assertThat(problem.path("exitCode").asInt()).isEqualTo(exitCode);
		}
	}

	@Test
	void crashNamesTheFault() throws Exception {
		for (int i = 0; i < 2; i++) {
			JsonNode problem = assertCrash("crash");
			assertThat(problem.has("exitCode") || problem.has("signal")).isTrue();
			assertThat(problem.path("fault").asString()).isNotBlank();
		}
	}

	@Test
	void oomNamesTheReason() throws Exception {
		for (int i = 0; i < 2; i++) {
			JsonNode problem = assertCrash("oom");
			assertThat(problem.has("exitCode") || problem.has("signal")).isTrue();
			assertThat(problem.path("detail").asString()).contains("out of memory");
		}
	}

	@Test
	void spinIsEndedAtItsLimit() throws Exception {
		for (int i = 0; i < 2; i++) {
			long worker = readyWorker();
			HttpResponse<byte[]> response = sample.post("/chaos/spin");
			assertThat(response.statusCode()).isEqualTo(504);
			JsonNode problem = SampleProcess.json(response);
			assertThat(problem.path("limit").asString()).isEqualTo("PT2S");
			assertThat(problem.path("executor").asString()).isEqualTo("chaos");
			assertThat(problem.path("pid").asLong()).isEqualTo(worker);
			assertNextIsServedByAnother(worker);
		}
	}

	@Test
	void deepRecursionFailsAndLeavesTheWorker() throws Exception {
		for (int i = 0; i < 2; i++) {
			long worker = readyWorker();
			HttpResponse<byte[]> response = sample.post("/chaos/deep-recursion");
			assertThat(response.statusCode()).isEqualTo(500);
			JsonNode problem = SampleProcess.json(response);
			assertThat(problem.path("cause").asString()).isEqualTo("java.lang.StackOverflowError");
			assertThat(problem.path("executor").asString()).isEqualTo("chaos");
			assertThat(problem.path("pid").asLong()).isEqualTo(worker);
			assertThat(readyWorker()).isEqualTo(worker);
		}
	}

	@Test
	void floodStdoutLeavesTheWorker() throws Exception {
		for (int i = 0; i < 2; i++) {
			long worker = readyWorker();
			HttpResponse<byte[]> response = sample.post("/chaos/flood-stdout");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(SampleProcess.json(response).path("workerPid").asLong()).isEqualTo(worker);
			assertThat(readyWorker()).isEqualTo(worker);
		}
		assertThat(sample.log()).doesNotContain("Line 1 of a flood");
	}

	@Test
	void forkChildLeavesAChildThatGoesWithItsWorker() throws Exception {
		for (int i = 0; i < 2; i++) {
			long worker = readyWorker();
			HttpResponse<byte[]> response = sample.post("/chaos/fork-child");
			assertThat(response.statusCode()).isEqualTo(200);
			ProcessHandle child = ProcessHandle.of(SampleProcess.json(response).path("childPid").asLong())
				.orElseThrow();
			assertThat(child.parent().map(ProcessHandle::pid)).contains(worker);
			assertCrash("halt");
			Awaitility.await().atMost(LIMIT).until(() -> !child.isAlive());
		}
	}

	@Test
	void unknownKindIsNotFoundAndNamesTheKinds() throws Exception {
		HttpResponse<byte[]> response = sample.post("/chaos/earthquake");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(SampleProcess.json(response).path("detail").asString()).contains("'earthquake'", "exit",
				"fork-child");
	}

	@Test
	void overloadIsUnavailableAndSaysWhenToRetry() throws Exception {
		readyWorker();
		List<HttpResponse<byte[]>> responses = atOnce(12, () -> sample.post("/chaos/spin"));
		assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(503, 504).contains(503, 504);
		assertThat(responses).filteredOn((response) -> response.statusCode() == 503)
			.filteredOn(
					(response) -> SampleProcess.json(response).path("type").asString().endsWith("executor-overload"))
			.hasSizeGreaterThanOrEqualTo(8)
			.allSatisfy((response) -> {
				assertThat(response.headers().firstValueAsLong("Retry-After")).hasValue(1);
				assertThat(SampleProcess.json(response).path("limit").asInt()).isEqualTo(4);
			});
		assertCrash("exit");
	}

	@Test
	void chaosLeavesOtherPoolsAlone() throws Exception {
		List<Long> before = sample.workers("pdf");
		assertCrash("crash");
		assertThat(sample.get("/invoices/INV-2026-0001.pdf").statusCode()).isEqualTo(200);
		assertThat(sample.workers("pdf")).containsExactlyInAnyOrderElementsOf(before);
	}

	private static JsonNode assertCrash(String kind) throws Exception {
		long worker = readyWorker();
		HttpResponse<byte[]> response = sample.post("/chaos/" + kind);
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		JsonNode problem = SampleProcess.json(response);
		assertThat(problem.path("type").asString()).isEqualTo("urn:offload:worker-crash");
		assertThat(problem.path("executor").asString()).isEqualTo("chaos");
		assertThat(problem.path("pid").asLong()).isEqualTo(worker);
		assertNextIsServedByAnother(worker);
		return problem;
	}

	private static void assertNextIsServedByAnother(long worker) throws Exception {
		HttpResponse<byte[]> next = sample.post("/chaos/flood-stdout");
		assertThat(next.statusCode()).isEqualTo(200);
		assertThat(next.headers().firstValueAsLong("X-Worker-Pid").orElseThrow()).isNotEqualTo(worker);
		assertThat(ProcessHandle.of(worker).filter(ProcessHandle::isAlive)).isEqualTo(Optional.empty());
	}

	private static long readyWorker() {
		return Awaitility.await()
			.atMost(LIMIT)
			.until(() -> sample.workers("chaos"), (workers) -> workers.size() == 1)
			.get(0);
	}

	private static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(count);
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> future : callers.invokeAll(Collections.nCopies(count, call))) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			callers.shutdownNow();
		}
	}

}
