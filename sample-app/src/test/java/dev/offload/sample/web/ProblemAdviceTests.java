package dev.offload.sample.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.offload.ExecutorOverloadException;
import dev.offload.QueueTimeoutException;
import dev.offload.RejectionReason;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerDeath;
import dev.offload.sample.chaos.ChaosException;
import dev.offload.sample.document.DocumentException;
import dev.offload.sample.invoice.InvoiceNotFoundException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerProblems} and {@link SampleProblemAdvice}.
 */
class ProblemAdviceTests {

	@Test
	void overloadIsUnavailableAndSaysWhenToRetry() {
		MvcTestResult result = answer(
				new ExecutorOverloadException("chaos", RejectionReason.MAX_PENDING, 4, 4, "4 of 4 tasks"));
		assertProblem(result, HttpStatus.SERVICE_UNAVAILABLE, "urn:offload:executor-overload");
		assertThat(result).headers().hasValue(HttpHeaders.RETRY_AFTER, "2");
		assertThat(result).bodyJson()
			.isLenientlyEqualTo("{'executor':'chaos','reason':'MAX_PENDING','pending':4,'limit':4}".replace('\'', '"'));
	}

	@Test
	void queueTimeoutIsAGatewayTimeoutThatNamesTheLimit() {
		MvcTestResult result = answer(new QueueTimeoutException("chaos", "t-1", Duration.ofSeconds(8), "waited"));
		assertProblem(result, HttpStatus.GATEWAY_TIMEOUT, "urn:offload:queue-timeout");
		assertThat(result).headers().hasValue(HttpHeaders.RETRY_AFTER, "2");
		assertThat(result).bodyJson()
			.isLenientlyEqualTo("{'executor':'chaos','task':'t-1','limit':'PT8S'}".replace('\'', '"'));
	}

	@Test
	void cancelledIsUnavailableAndSaysWhenToRetry() {
		MvcTestResult result = answer(new CancellationException("closing"));
		assertProblem(result, HttpStatus.SERVICE_UNAVAILABLE, "urn:offload-sample:task-cancelled");
		assertThat(result).headers().hasValue(HttpHeaders.RETRY_AFTER, "2");
	}

	@Test
	void crashWithExitCodeNamesIt() {
		MvcTestResult result = answer(crash(new WorkerDeath(12, 42, null, "exited", List.of(), null, null)));
		assertProblem(result, HttpStatus.INTERNAL_SERVER_ERROR, "urn:offload:worker-crash");
		assertThat(result).bodyJson()
			.isLenientlyEqualTo("{'executor':'chaos','pid':12,'exitCode':42,'mayHaveRun':true}".replace('\'', '"'));
		assertThat(result).bodyJson().doesNotHavePath("$.signal");
	}

	@Test
	void crashBySignalNamesIt() {
		assertThat(answer(crash(new WorkerDeath(12, null, "SIGKILL", "killed", List.of(), null, null)))).bodyJson()
			.isLenientlyEqualTo("{'pid':12,'signal':'SIGKILL'}".replace('\'', '"'));
	}

	@Test
	void crashInNativeCodeNamesTheFaultAndKeepsTheRestToItself() {
		WorkerDeath death = new WorkerDeath(12, 1, null, "exited",
				List.of("#", "#  SIGSEGV (0xb) at pc=0x00007f22, pid=12, tid=13", "#"), "/tmp/hs_err.log", "secret");
		MvcTestResult result = answer(
				new WorkerCrashException("chaos", "t-1", death, true, "Worker 12 died. Its report:\nsecret"));
		assertThat(result).bodyJson()
			.isLenientlyEqualTo(
					"{'fault':'SIGSEGV (0xb) at pc=0x00007f22','detail':'Worker 12 died'}".replace('\'', '"'));
		assertThat(result).bodyText().doesNotContain("secret");
	}

	@Test
	void timeoutIsAGatewayTimeoutThatNamesTheLimit() {
		MvcTestResult result = answer(
				new TaskTimeoutException("chaos", "t-1", Duration.ofSeconds(2), 12, "too long", null));
		assertProblem(result, HttpStatus.GATEWAY_TIMEOUT, "urn:offload:task-timeout");
		assertThat(result).bodyJson()
			.isLenientlyEqualTo("{'executor':'chaos','pid':12,'limit':'PT2S','task':'t-1'}".replace('\'', '"'));
	}

	@Test
	void stackOverflowIsAnError() {
		assertProblem(answer(new StackOverflowError()), HttpStatus.INTERNAL_SERVER_ERROR,
				"urn:offload-sample:task-failed");
	}

	@Test
	void chaosNamesExecutorAndProcess() {
		MvcTestResult result = answer(new ChaosException("it failed", new StackOverflowError()));
		assertProblem(result, HttpStatus.INTERNAL_SERVER_ERROR, "urn:offload-sample:task-failed");
		assertThat(result).bodyJson()
			.isLenientlyEqualTo("{'executor':'chaos','pid':%d,'cause':'java.lang.StackOverflowError'}"
				.formatted(ProcessHandle.current().pid())
				.replace('\'', '"'));
	}

	@Test
	void unreadableDocumentIsUnprocessable() {
		assertProblem(answer(new DocumentException(DocumentException.Problem.NOT_A_PDF, "no PDF")),
				HttpStatus.UNPROCESSABLE_CONTENT, "urn:offload-sample:document-not-a-pdf");
	}

	@Test
	void unknownInvoiceIsNotFound() {
		assertProblem(answer(new InvoiceNotFoundException("X")), HttpStatus.NOT_FOUND,
				"urn:offload-sample:unknown-invoice");
	}

	private static WorkerCrashException crash(WorkerDeath death) {
		return new WorkerCrashException("chaos", "t-1", death, true, "the worker died");
	}

	private static void assertProblem(MvcTestResult result, HttpStatus status, String type) {
		assertThat(result).hasStatus(status).hasContentType("application/problem+json");
		assertThat(result).bodyJson().extractingPath("$.type").isEqualTo(type);
		assertThat(result).bodyJson().extractingPath("$.detail").asString().isNotBlank();
	}

	private static MvcTestResult answer(Throwable failure) {
		return MockMvcTester
			.create(MockMvcBuilders.standaloneSetup(new Failing(failure))
				.setControllerAdvice(new SampleProblemAdvice(), new WorkerProblems(Duration.ofMillis(1500)))
				.build())
			.get()
			.uri("/")
			.exchange();
	}

	@RestController
	record Failing(Throwable failure) {

		@GetMapping("/")
		String fail() throws Throwable {
			throw this.failure;
		}

	}

}
