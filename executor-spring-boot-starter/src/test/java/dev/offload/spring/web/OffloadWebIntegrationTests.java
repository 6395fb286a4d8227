package dev.offload.spring.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.offload.spring.OffloadTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests answers to requests whose tasks failed, with a real web server.
 */
class OffloadWebIntegrationTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void requestWhenThereIsNoRoomIsUnavailableAndMayComeAgain() throws Exception {
		try (ServletWebServerApplicationContext application = (ServletWebServerApplicationContext) SpringApplication
			.run(Application.class, "--server.port=0", "--offload.executors.pool.type=thread",
					"--offload.executors.pool.max-pending=1", "--offload.web.problem-details.retry-after=7s")) {
			Steps steps = application.getBean(Steps.class);
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://localhost:" + application.getWebServer().getPort() + "/wait"))
				.timeout(BOUND)
				.build();
			CompletableFuture<HttpResponse<String>> first = this.client.sendAsync(request, BodyHandlers.ofString());
			assertThat(steps.running.await(20, TimeUnit.SECONDS)).isTrue();
			HttpResponse<String> second = this.client.send(request, BodyHandlers.ofString());
			steps.go.countDown();
			assertThat(second.statusCode()).isEqualTo(503);
			assertThat(second.headers().firstValueAsLong("Retry-After")).hasValue(7);
			assertThat(second.headers().firstValue("Content-Type")).contains("application/problem+json");
			JsonNode problem = JsonMapper.shared().readTree(second.body());
			assertThat(problem.get("type").asString()).isEqualTo("urn:offload:executor-overload");
			assertThat(problem.get("executor").asString()).isEqualTo("pool");
			assertThat(first).succeedsWithin(BOUND).extracting(HttpResponse::statusCode).isEqualTo(200);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Steps steps() {
			return new Steps();
		}

		@Bean
		Service service(Steps steps) {
			return new Service(steps);
		}

		@Bean
		WaitingController waitingController(Service service) {
			return new WaitingController(service);
		}

	}

	@RestController
	static class WaitingController {

		private final Service service;

		WaitingController(Service service) {
			this.service = service;
		}

		@GetMapping("/wait")
		String await() throws InterruptedException {
			return this.service.await();
		}

	}

	static class Steps {

		private final CountDownLatch running = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

	}

	public static class Service {

		private final Steps steps;

		Service(Steps steps) {
			this.steps = steps;
		}

		@OffloadTo("pool")
		public String await() throws InterruptedException {
			this.steps.running.countDown();
			assertThat(this.steps.go.await(20, TimeUnit.SECONDS)).isTrue();
			return "done";
		}

	}

}
