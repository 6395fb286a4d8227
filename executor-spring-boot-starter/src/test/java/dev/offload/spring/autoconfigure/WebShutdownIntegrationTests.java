package dev.offload.spring.autoconfigure;

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
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.offload.spring.OffloadTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with a real web server: its requests at shutdown, and the endpoint over HTTP.
 */
class WebShutdownIntegrationTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void requestWhenTheApplicationStopsStillReachesItsExecutor() throws Exception {
		ServletWebServerApplicationContext application = start();
		Steps steps = application.getBean(Steps.class);
		CompletableFuture<HttpResponse<String>> answer = this.client.sendAsync(get(application, "/slow"),
				BodyHandlers.ofString());
		assertThat(steps.inRequest.await(20, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
		assertThat(steps.stopping.await(20, TimeUnit.SECONDS)).isTrue();
		// Only now does the request call the executor.
		steps.go.countDown();
		assertThat(answer).succeedsWithin(BOUND)
			.satisfies((response) -> assertThat(response.statusCode()).isEqualTo(200))
			.satisfies((response) -> assertThat(response.body()).startsWith("pool"));
		assertThat(closed).succeedsWithin(BOUND);
	}

	@Test
	void endpointIsAnObjectByNameAndHasEachByItself() throws Exception {
		try (ServletWebServerApplicationContext application = start()) {
			JsonNode all = JsonMapper.shared().readTree(body(application, "/actuator/executors"));
			assertThat(all.propertyNames()).containsExactly("pool");
			JsonNode pool = JsonMapper.shared().readTree(body(application, "/actuator/executors/pool"));
			assertThat(pool).isEqualTo(all.get("pool"));
			assertThat(pool.get("limits").get("timeout").asString()).isEqualTo("PT30S");
			assertThat(pool.get("averageRun").asString()).isEqualTo("PT0S");
			assertThat(pool.get("workers").isArray()).isTrue();
			HttpResponse<String> none = this.client.send(get(application, "/actuator/executors/nowhere"),
					BodyHandlers.ofString());
			assertThat(none.statusCode()).isEqualTo(404);
			assertThat(body(application, "/actuator/health/offload")).contains("UP");
		}
	}

	private String body(ServletWebServerApplicationContext application, String path) throws Exception {
		HttpResponse<String> response = this.client.send(get(application, path), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private static HttpRequest get(ServletWebServerApplicationContext application, String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + application.getWebServer().getPort() + path))
			.timeout(BOUND)
			.build();
	}

	private static ServletWebServerApplicationContext start() {
		return (ServletWebServerApplicationContext) SpringApplication.run(Application.class, "--server.port=0",
				"--offload.executors.pool.type=thread", "--offload.executors.pool.timeout=30s",
				"--management.endpoints.web.exposure.include=executors,health",
				"--management.endpoint.health.show-details=always");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Steps steps() {
			return new Steps();
		}

		@Bean
		Service service() {
			return new Service();
		}

		@Bean
		StopSignal stopSignal(Steps steps) {
			return new StopSignal(steps.stopping);
		}

		@Bean
		SlowController slowController(Service service, Steps steps) {
			return new SlowController(service, steps);
		}

	}

	@RestController
	static class SlowController {

		private final Service service;

		private final Steps steps;

		SlowController(Service service, Steps steps) {
			this.service = service;
			this.steps = steps;
		}

		@GetMapping("/slow")
		String slow() throws InterruptedException {
			this.steps.inRequest.countDown();
			assertThat(this.steps.go.await(20, TimeUnit.SECONDS)).isTrue();
			return this.service.threadName();
		}

	}

	static class Steps {

		private final CountDownLatch inRequest = new CountDownLatch(1);

		private final CountDownLatch stopping = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

	}

	public static class Service {

		@OffloadTo("pool")
		public String threadName() {
			return Thread.currentThread().getName();
		}

	}

	/**
	 * The last to stop before the web server begins to.
	 */
	static class StopSignal implements SmartLifecycle {

		private final CountDownLatch stopping;

		private volatile boolean running;

		StopSignal(CountDownLatch stopping) {
			this.stopping = stopping;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.stopping.countDown();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
		}

	}

}
