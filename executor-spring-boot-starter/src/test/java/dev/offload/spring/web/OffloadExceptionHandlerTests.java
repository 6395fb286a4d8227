package dev.offload.spring.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.offload.DuplicateTaskException;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.QuarantinedException;
import dev.offload.QueueTimeoutException;
import dev.offload.RejectionReason;
import dev.offload.RemoteTaskException;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskStoreUnavailableException;
import dev.offload.TaskTimeoutException;
import dev.offload.UnknownTaskException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerDeath;
import dev.offload.WorkerStartException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OffloadExceptionHandler}, with Spring MVC and with WebFlux. All that
 * an exception says is secret here but for its executor and its task.
 */
class OffloadExceptionHandlerTests {

	private static final Duration LIMIT = Duration.ofSeconds(2);

	@ParameterizedTest
	@MethodSource("failures")
	void handleInMvcAnswersWithStatusTypeExecutorAndTask(Answer expected) {
		MvcTestResult result = answer(expected.failure(), new OffloadExceptionHandler(Duration.ofMillis(1500)));
		assertThat(result).hasStatus(expected.status()).hasContentType("application/problem+json");
		assertThat(result).bodyJson()
			.isLenientlyEqualTo(
					"{'type':'urn:offload:%s','status':%d}".formatted(expected.type(), expected.status().value())
						.replace('\'', '"'));
		if (expected.failure().executor() != null) {
			assertThat(result).bodyJson().extractingPath("$.executor").isEqualTo("pdf");
		}
		assertThat(result).bodyText().doesNotContain("secret");
		assertThat(result.getResponse().getHeader(HttpHeaders.RETRY_AFTER)).isEqualTo(expected.retry() ? "2" : null);
		if (expected.task()) {
			assertThat(result).bodyJson().extractingPath("$.task").isEqualTo("t-1");
		}
		else {
			assertThat(result).bodyJson().doesNotHavePath("$.task");
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void handleInWebFluxAnswersTheSame(Answer expected) {
		WebTestClient.bindToController(new Failing(expected.failure()))
			.controllerAdvice(new OffloadExceptionHandler(Duration.ofSeconds(1)))
			.build()
			.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isEqualTo(expected.status())
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:offload:" + expected.type());
	}

	@Test
	void handleWhenAFutureWrapsTheFailureAnswersIt() {
		MvcTestResult result = answer(new CompletionException(crash()), handler());
		assertThat(result).bodyJson().extractingPath("$.type").isEqualTo("urn:offload:worker-crash");
	}

	@Test
	void handleWhenTheApplicationHasWrappedTheFailureLeavesItToOthers() {
		assertThat(answer(new OwnException(crash()), handler())).hasStatus(HttpStatus.CONFLICT);
	}

	@Test
	void handleWhenItIsAnotherFailureLeavesItToOthers() {
		assertThat(answer(new OffloadException("pdf", "other"), handler())).failure()
			.hasCauseInstanceOf(OffloadException.class);
	}

	@Test
	void handleWhenThereIsNothingToTellOfRetriesSaysNothing() {
		MvcTestResult result = answer(overload(), new OffloadExceptionHandler(Duration.ZERO));
		assertThat(result).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.headers()
			.doesNotContainHeader(HttpHeaders.RETRY_AFTER);
	}

	@Test
	void handleWhenASubclassDescribesSaysWhatItSays() {
		MvcTestResult result = answer(overload(), new OffloadExceptionHandler(LIMIT) {

			@Override
			protected void describe(ProblemDetail problem, OffloadException failure) {
				problem.setDetail("Come back tomorrow");
			}

		});
		assertThat(result).bodyJson().extractingPath("$.detail").isEqualTo("Come back tomorrow");
	}

	static Stream<Answer> failures() {
		return Stream.of(new Answer(overload(), HttpStatus.SERVICE_UNAVAILABLE, "executor-overload", true, false),
				new Answer(new ExecutorClosedException("pdf", "secret"), HttpStatus.SERVICE_UNAVAILABLE,
						"executor-closed", true, false),
				new Answer(new QuarantinedException("pdf", "secret", 2, LIMIT, "secret"),
						HttpStatus.SERVICE_UNAVAILABLE, "quarantined", false, false),
				new Answer(new WorkerStartException("pdf", 12, List.of("secret"), "secret", null),
						HttpStatus.SERVICE_UNAVAILABLE, "worker-start", true, false),
				new Answer(new QueueTimeoutException("pdf", "t-1", LIMIT, "secret"), HttpStatus.GATEWAY_TIMEOUT,
						"queue-timeout", true, true),
				new Answer(timeout(), HttpStatus.GATEWAY_TIMEOUT, "task-timeout", false, true),
				new Answer(new TaskDeadlineException(timeout(), Instant.EPOCH), HttpStatus.GATEWAY_TIMEOUT,
						"task-deadline", false, true),
				new Answer(new DuplicateTaskException("pdf", "t-1", "secret"), HttpStatus.CONFLICT, "duplicate-task",
						false, true),
				new Answer(new UnknownTaskException("t-1", "secret"), HttpStatus.NOT_FOUND, "unknown-task", false,
						true),
				new Answer(new TaskStoreUnavailableException("secret", null), HttpStatus.SERVICE_UNAVAILABLE,
						"task-store-unavailable", true, false),
				new Answer(crash(), HttpStatus.INTERNAL_SERVER_ERROR, "worker-crash", false, true),
				new Answer(new PayloadException("pdf", PayloadException.Direction.TO_WORKER, "secret", "secret",
						"secret", null), HttpStatus.INTERNAL_SERVER_ERROR, "payload", false, false),
				new Answer(
						new RemoteTaskException("pdf", "com.acme.secret", "secret",
								new IllegalStateException("secret")),
						HttpStatus.INTERNAL_SERVER_ERROR, "task-failed", false, false));
	}

	private static ExecutorOverloadException overload() {
		return new ExecutorOverloadException("pdf", RejectionReason.MAX_PENDING, 4, 4, "secret");
	}

	private static TaskTimeoutException timeout() {
		return new TaskTimeoutException("pdf", "t-1", LIMIT, 12, "secret", null);
	}

	private static WorkerCrashException crash() {
		WorkerDeath death = new WorkerDeath(12, 1, null, "secret", List.of("secret"), "/tmp/secret.log", "secret");
		return new WorkerCrashException("pdf", "t-1", death, true, "secret");
	}

	private static OffloadExceptionHandler handler() {
		return new OffloadExceptionHandler(Duration.ofSeconds(1));
	}

	private static MvcTestResult answer(Exception failure, Object... advice) {
		return MockMvcTester
			.create(MockMvcBuilders.standaloneSetup(new Failing(failure)).setControllerAdvice(advice).build())
			.get()
			.uri("/")
			.exchange();
	}

	record Answer(OffloadException failure, HttpStatus status, String type, boolean retry, boolean task) {

		@Override
		public String toString() {
			return this.status.value() + " " + this.type;
		}

	}

	@RestController
	record Failing(Exception failure) {

		@GetMapping("/")
		String fail() throws Exception {
			throw this.failure;
		}

	}

	@ResponseStatus(HttpStatus.CONFLICT)
	static class OwnException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		OwnException(Throwable cause) {
			super(cause);
		}

	}

}
