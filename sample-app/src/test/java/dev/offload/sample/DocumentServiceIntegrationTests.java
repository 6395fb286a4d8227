package dev.offload.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for the addresses of the document service, but for chaos.
 */
class DocumentServiceIntegrationTests {

	private static final long MAX_RESIDENT_BYTES = 1_500_000_000L;

	@TempDir
	private static Path directory;

	private static SampleProcess sample;

	@BeforeAll
	static void start() throws IOException {
		sample = SampleProcess.startWith(directory, "-Xmx64m", "-Doffload.executors.parse.worker.startup-cache=auto");
		sample.awaitWorkers();
	}

	@AfterAll
	static void stop() {
		sample.close();
	}

	@Test
	void invoicesAreListed() throws Exception {
		HttpResponse<byte[]> response = sample.get("/invoices");
		assertThat(response.statusCode()).isEqualTo(200);
		Set<String> numbers = new HashSet<>();
		SampleProcess.json(response).forEach((invoice) -> numbers.add(invoice.path("number").asString()));
		assertThat(numbers).hasSizeGreaterThanOrEqualTo(50).contains("INV-2026-0001");
	}

	@Test
	void workersStartFromTheirCacheOnceItIsMade() throws Exception {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> sample.log().contains("Executor 'parse': made a start-up cache for its workers"));
		long former = sample.workers("parse").get(0);
		ProcessHandle.of(former).orElseThrow().destroyForcibly();
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> sample.workers("parse").stream().anyMatch((pid) -> pid != former));
		JsonNode worker = SampleProcess.json(sample.get("/actuator/executors")).path("parse").path("workers").path(0);
		assertThat(worker.path("startedFromCache").asBoolean()).as("%s", worker).isTrue();
	}

	@Test
	void invoiceIsRenderedByAWorker() throws Exception {
		HttpResponse<byte[]> response = sample.get("/invoices/INV-2026-0001.pdf");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/pdf");
		assertThat(workerPid(response)).isIn(sample.workers("pdf")).isNotEqualTo(sample.handle().pid());
		try (PDDocument document = Loader.loadPDF(response.body())) {
			assertThat(document.getNumberOfPages()).isGreaterThan(1);
			assertThat(document.getDocumentInformation().getAuthor()).isEqualTo("Lantern & Quill");
		}
	}

	@Test
	void everyInvoiceIsRenderedOnSeveralPages() throws Exception {
		Set<String> pageCounts = new HashSet<>();
		for (JsonNode invoice : SampleProcess.json(sample.get("/invoices"))) {
			HttpResponse<byte[]> response = sample.get("/invoices/" + invoice.path("number").asString() + ".pdf");
			assertThat(response.statusCode()).isEqualTo(200);
			pageCounts.add(response.headers().firstValue("X-Page-Count").orElseThrow());
		}
		assertThat(pageCounts).hasSizeGreaterThan(2).doesNotContain("1");
	}

	@Test
	void invoiceWhenThereIsNoneIsNotFound() throws Exception {
		HttpResponse<byte[]> response = sample.get("/invoices/INV-0.pdf");
		assertProblem(response, 404, "unknown-invoice");
		assertThat(SampleProcess.json(response).path("detail").asString()).contains("'INV-0'");
	}

	@Test
	void textIsReadByAWorker() throws Exception {
		HttpResponse<byte[]> response = sample.postPdf("/documents/text", TestDocuments.pages(3));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(SampleProcess.json(response).path("pages").asInt()).isEqualTo(3);
		assertThat(SampleProcess.json(response).path("text").asString()).contains("Page 1", "Page 3");
		assertThat(workerPid(response)).isIn(sample.workers("parse"));
	}

	@Test
	void textOfAnInvoiceIsReadByAWorker() throws Exception {
		byte[] pdf = sample.get("/invoices/INV-2026-0002.pdf").body();
		JsonNode text = SampleProcess.json(sample.postPdf("/documents/text", pdf));
		assertThat(text.path("text").asString()).contains("Invoice INV-2026-0002", "Дом Снеговиков", "€ 26,450.87",
				"Page 1 of " + text.path("pages").asInt());
	}

	@Test
	void thumbnailIsDrawnByAWorker() throws Exception {
		HttpResponse<byte[]> response = sample.postPdf("/documents/thumbnail?page=2&width=300", TestDocuments.pages(2));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(response.body()));
		assertThat(image.getWidth()).isCloseTo(300, within(1));
		assertThat(workerPid(response)).isIn(sample.workers("image"));
	}

	@Test
	void documentThatIsLargerThanTheServiceIsStampedFromFileToFile() throws Exception {
		Path large = directory.resolve("large.pdf");
		TestDocuments.large(large, 64L << 20);
		Path stamped = directory.resolve("stamped.pdf");
		HttpResponse<Path> response = sample.upload("/documents/stamped?text=Copy+of+7", large, stamped);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/pdf");
		assertThat(Files.size(stamped)).isGreaterThan(64L << 20);
		try (PDDocument document = Loader.loadPDF(stamped.toFile())) {
			assertThat(document.getNumberOfPages()).isEqualTo(2);
			assertThat(new PDFTextStripper().getText(document)).contains("Copy of 7");
		}
		assertThat(spooled()).as("files left").isEmpty();
		Files.writeString(large, "GIF89a");
		assertThat(sample.upload("/documents/stamped?text=x", large, stamped).statusCode()).isEqualTo(422);
		assertThat(spooled()).as("files left").isEmpty();
	}

	private static List<Path> spooled() throws IOException {
		try (Stream<Path> all = Files.walk(sample.temporaryFiles())) {
			return all.filter((path) -> path.getFileName().toString().matches("[0-9a-f]{32}|stamped.*")).toList();
		}
	}

	static Stream<Arguments> unreadable() {
		return Stream.of(Arguments.of("empty", new byte[0]),
				Arguments.of("not-a-pdf", "GIF89a".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("encrypted", TestDocuments.encrypted()),
				Arguments.of("truncated", TestDocuments.truncated()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unreadable")
	void documentWhenItCannotBeReadIsUnprocessable(String problem, byte[] document) throws Exception {
		long parser = sample.workers("parse").get(0);
		assertProblem(sample.postPdf("/documents/text", document), 422, "document-" + problem);
		assertProblem(sample.postPdf("/documents/thumbnail", document), 422, "document-" + problem);
		assertThat(sample.workers("parse")).containsExactly(parser);
	}

	@Test
	void thumbnailWhenThereIsNoSuchPageIsUnprocessable() throws Exception {
		assertProblem(sample.postPdf("/documents/thumbnail?page=9", TestDocuments.pages(2)), 422,
				"document-no-such-page");
	}

	@ParameterizedTest
	@ValueSource(strings = { "page=0", "page=-1", "page=first", "width=0", "width=2001", "width=wide" })
	void thumbnailWhenTheQuestionIsWrongIsABadRequest(String query) throws Exception {
		HttpResponse<byte[]> response = sample.postPdf("/documents/thumbnail?" + query, TestDocuments.pages(1));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(SampleProcess.json(response).path("detail").asString())
			.contains(query.substring(0, query.indexOf('=')));
	}

	@Test
	void documentWhenItIsTooLargeIsRefusedWithTheLimit() throws Exception {
		HttpResponse<byte[]> response = sample.postPdf("/documents/text", new byte[16 * 1024 * 1024 + 1]);
		assertProblem(response, 413, "document-too-large");
		assertThat(SampleProcess.json(response).path("detail").asString()).contains("sample.max-document-size");
	}

	@Test
	void documentOfAnotherTypeIsRefused() throws Exception {
		HttpResponse<byte[]> response = sample.post("/documents/text", "text/plain", TestDocuments.pages(1));
		assertThat(response.statusCode()).isEqualTo(415);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/app.js", "/style.css", "/favicon.svg", "/actuator/health", "/actuator/metrics" })
	void theRestIsThere(String path) throws Exception {
		assertThat(sample.get(path).statusCode()).isEqualTo(200);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void serviceAndWorkersStaySmall() throws Exception {
		byte[] pdf = sample.get("/invoices/INV-2026-0003.pdf").body();
		for (int i = 0; i < 8; i++) {
			assertThat(sample.get("/invoices/INV-2026-0003.pdf").statusCode()).isEqualTo(200);
			assertThat(sample.postPdf("/documents/text", pdf).statusCode()).isEqualTo(200);
			assertThat(sample.postPdf("/documents/thumbnail?width=1000", pdf).statusCode()).isEqualTo(200);
		}
		long total = 0;
		for (ProcessHandle process : sample.tree()) {
			total += residentBytes(process);
		}
		System.out.printf("Resident: %d MB in %d processes%n", total / 1_000_000, sample.tree().size());
		assertThat(total).isBetween(100_000_000L, MAX_RESIDENT_BYTES);
	}

	private static long residentBytes(ProcessHandle process) throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
			if (line.startsWith("VmRSS:")) {
				return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
			}
		}
		return 0;
	}

	private static long workerPid(HttpResponse<byte[]> response) {
		return response.headers().firstValueAsLong("X-Worker-Pid").orElseThrow();
	}

	private static void assertProblem(HttpResponse<byte[]> response, int status, String type) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(SampleProcess.json(response).path("type").asString()).isEqualTo("urn:offload-sample:" + type);
		assertThat(SampleProcess.json(response).path("detail").asString()).isNotBlank();
	}

}
