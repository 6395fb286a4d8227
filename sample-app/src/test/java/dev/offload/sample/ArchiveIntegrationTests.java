package dev.offload.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for all invoices of a month as one file.
 */
class ArchiveIntegrationTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	@TempDir
	private static Path directory;

	private static SampleProcess sample;

	@BeforeAll
	static void start() throws IOException {
		// One worker, so that there is one order.
		sample = SampleProcess.start(directory, "--offload.executors.pdf.max-workers=1",
				"--offload.executors.pdf.min-workers=1");
	}

	@AfterAll
	static void stop() {
		sample.close();
	}

	@AfterEach
	void resume() throws Exception {
		order("resume");
	}

	@Test
	void archiveHasEveryInvoiceOfTheMonth() throws Exception {
		JsonNode month = month();
		String address = start(month, false);
		JsonNode state = awaitEnd(address);
		assertThat(state.path("status").asString()).as("%s", state).isEqualTo("READY");
		assertThat(state.path("retried").asInt()).isZero();
		List<String> names = new ArrayList<>();
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(sample.get(address + ".zip").body()))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				names.add(entry.getName());
				try (PDDocument document = Loader.loadPDF(zip.readAllBytes())) {
					assertThat(document.getDocumentInformation().getTitle() + ".pdf")
						.isEqualTo("Invoice " + entry.getName());
				}
			}
		}
		assertThat(names).hasSize(month.path("invoices").asInt()).doesNotHaveDuplicates();
	}

	@Test
	void archiveWhenAWorkerCrashesIsWholeAllTheSame() throws Exception {
		long crashed = crashes();
		JsonNode state = awaitEnd(start(month(), true));
		assertThat(state.path("status").asString()).as("%s", state).isEqualTo("READY");
		assertThat(state.path("done").asInt()).isEqualTo(state.path("total").asInt());
		assertThat(state.path("retried").asInt()).isEqualTo(1);
		assertThat(crashes()).isEqualTo(crashed + 1);
	}

	@Test
	void streamTellsOfTheArchiveUntilItHasEnded() throws Exception {
		order("pause");
		JsonNode month = month();
		String address = start(month, false);
		List<JsonNode> states = new ArrayList<>();
		HttpRequest request = HttpRequest.newBuilder(sample.uri(address + "/events")).timeout(LIMIT).build();
		HttpResponse<InputStream> response = HttpClient.newHttpClient()
			.send(request, HttpResponse.BodyHandlers.ofInputStream());
		try (Stream<String> lines = new String(readFirst(response.body()), StandardCharsets.UTF_8).lines()) {
			lines.filter((line) -> line.startsWith("data:"))
				.map((line) -> new JsonMapper().readTree(line.substring("data:".length())))
				.forEach(states::add);
		}
		assertThat(states.get(0).path("status").asString()).isEqualTo("RUNNING");
		assertThat(states.get(0).path("done").asInt()).isZero();
		assertThat(states.get(states.size() - 1).path("status").asString()).isEqualTo("READY");
		assertThat(states).extracting((state) -> state.path("done").asInt()).isSorted();
	}

	// The first state comes while the pool stands still; the rest until the stream ends.
	private static byte[] readFirst(InputStream body) throws Exception {
		byte[] first = new byte[1];
		assertThat(body.read(first)).isEqualTo(1);
		Awaitility.await().atMost(LIMIT).until(() -> body.available() > 0);
		order("resume");
		byte[] rest = body.readAllBytes();
		return (new String(first, StandardCharsets.UTF_8) + new String(rest, StandardCharsets.UTF_8))
			.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void archiveWhenCancelledRendersNoMore() throws Exception {
		order("pause");
		String address = start(month(), false);
		HttpResponse<Void> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(sample.uri(address)).DELETE().build(), HttpResponse.BodyHandlers.discarding());
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(awaitEnd(address).path("status").asString()).isEqualTo("CANCELLED");
		assertThat(sample.get(address + ".zip").statusCode()).isEqualTo(409);
		assertThat(pdf().path("queued").asInt()).isZero();
	}

	@Test
	void invoiceForWhichSomebodyWaitsGoesBeforeTheArchive() throws Exception {
		order("pause");
		String address = start(month(), false);
		Awaitility.await().atMost(LIMIT).until(() -> pdf().path("queued").asInt() > 0);
		int queued = pdf().path("queued").asInt();
		CompletableFuture<HttpResponse<byte[]>> single = CompletableFuture.supplyAsync(() -> {
			try {
				return sample.get("/invoices/INV-2026-0060.pdf");
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		Awaitility.await().atMost(LIMIT).until(() -> pdf().path("queued").asInt() > queued);
		order("resume");
		assertThat(single.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		int invoices = awaitEnd(address).path("total").asInt();
		List<String> labels = labelsInOrderOfStart(invoices + 1);
		assertThat(labels).hasSize(invoices + 1);
		assertThat(labels.get(0)).doesNotStartWith("archive");
		assertThat(labels.subList(1, labels.size())).allMatch((label) -> label.startsWith("archive"));
	}

	@Test
	void monthWithoutInvoicesIsNotFound() throws Exception {
		HttpResponse<byte[]> response = sample.post("/archives?month=1999-01");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(SampleProcess.json(response).path("detail").asString()).contains("1999-01", "/archives/months");
		assertThat(sample.get("/archives/archive-0").statusCode()).isEqualTo(404);
	}

	private static JsonNode month() throws Exception {
		return SampleProcess.json(sample.get("/archives/months")).path(1);
	}

	private static String start(JsonNode month, boolean crash) throws Exception {
		HttpResponse<byte[]> response = sample
			.post("/archives?month=" + month.path("month").asString() + "&crash=" + crash);
		assertThat(response.statusCode()).isEqualTo(202);
		return response.headers().firstValue("Location").orElseThrow();
	}

	private static JsonNode awaitEnd(String address) {
		return Awaitility.await()
			.atMost(LIMIT)
			.until(() -> SampleProcess.json(sample.get(address)),
					(state) -> !state.path("status").asString().equals("RUNNING"));
	}

	// Of the tasks that were submitted last, as many as there are, in the order of their
	// start.
	private static List<String> labelsInOrderOfStart(int count) throws Exception {
		List<JsonNode> tasks = new ArrayList<>();
		SampleProcess.json(sample.get("/actuator/executortasks?executor=pdf&limit=" + count))
			.path("tasks")
			.forEach(tasks::add);
		return tasks.stream()
			.sorted(Comparator.comparing((task) -> Instant.parse(task.path("started").asString())))
			.map((task) -> task.path("label").asString())
			.toList();
	}

	private static void order(String action) throws Exception {
		HttpResponse<byte[]> response = sample.post("/actuator/executors/pdf", "application/json",
				"{\"action\":\"%s\"}".formatted(action).getBytes(StandardCharsets.UTF_8));
		assertThat(response.statusCode()).isEqualTo(200);
	}

	private static JsonNode pdf() throws Exception {
		return SampleProcess.json(sample.get("/actuator/executors")).path("pdf");
	}

	private static long crashes() throws Exception {
		return pdf().path("workersCrashed").asLong();
	}

}
