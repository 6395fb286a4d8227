package dev.offload.spring.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.offload.DuplicateTaskException;
import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.TaskContext;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests streams of what happens to tasks, with a real web server.
 */
@Timeout(60)
class TaskEventStreamsIntegrationTests {

	private static final HttpClient client = HttpClient.newHttpClient();

	private static ServletWebServerApplicationContext application;

	private static OffloadExecutor executor;

	@BeforeAll
	static void start() {
		application = run();
		executor = application.getBean(ExecutorRegistry.class).require("pool");
	}

	private static ServletWebServerApplicationContext run() {
		return (ServletWebServerApplicationContext) SpringApplication.run(Application.class, "--server.port=0",
				"--spring.main.banner-mode=off", "--offload.executors.pool.type=thread",
				"--offload.web.events.enabled=true", "--offload.web.events.path=/follow",
				"--offload.web.events.heartbeat=100ms", "--offload.web.events.max-streams=2",
				"--spring.lifecycle.timeout-per-shutdown-phase=20s");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest
			.newBuilder(URI.create("http://localhost:" + application.getWebServer().getPort() + "/follow" + path));
	}

	private static HttpResponse<Stream<String>> get(String path, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = request(path);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return client.send(request.build(), BodyHandlers.ofLines());
	}

	private static String next(Iterator<String> lines, String part) {
		String line = lines.next();
		while (!line.contains(part)) {
			line = lines.next();
		}
		return line;
	}

	private static TaskEventStreams streams() {
		return application.getBean(TaskEventStreams.class);
	}

	@Test
	void streamOfTaskBeginsWithWhereItStandsAndEndsWithIt() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		TaskHandle<Integer> handle = executor.submit(() -> {
			TaskContext.current().progress(3, 10, "pages");
			running.countDown();
			assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
			TaskContext.current().progress(10, 10, "pages");
			throw new IllegalStateException("a secret");
		}, TaskOptions.DEFAULTS.withId("followed").withLabel("render").withMetadata(Map.of("a", "hidden")));
		assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
		HttpResponse<Stream<String>> response = get("/tasks/followed");
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
		assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
		Iterator<String> lines = response.body().iterator();
		assertThat(lines.next()).isEqualTo("event:task");
		assertThat(lines.next()).startsWith("data:{")
			.contains("\"id\":\"followed\"", "\"label\":\"render\"", "\"status\":\"running\"", "\"ended\":false",
					"\"progress\":{\"done\":3,\"total\":10,\"message\":\"pages\"")
			.doesNotContain("hidden");
		assertThat(next(lines, ":")).isEqualTo(":alive");
		release.countDown();
		List<String> rest = new ArrayList<>();
		lines.forEachRemaining(rest::add);
		assertThat(handle.future()).failsWithin(Duration.ofSeconds(20));
		assertThat(rest).contains("id:end");
		assertThat(rest.stream().filter((line) -> line.startsWith("data:")).toList()).last()
			.asString()
			.contains("\"status\":\"failed\"", "\"ended\":true", "\"done\":10", "IllegalStateException")
			.doesNotContain("a secret");
		assertThat(get("/tasks/followed", "Last-Event-ID", "end").statusCode()).isEqualTo(204);
		assertThat(get("/tasks/followed").body().filter((line) -> line.startsWith("data:"))).singleElement()
			.asString()
			.contains("\"status\":\"failed\"");
		awaitStreams(0);
	}

	@Test
	void streamOfTaskGoesOnWhenAnotherOfItsIdIsRefused() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		executor.submit(() -> release.await(30, TimeUnit.SECONDS), TaskOptions.DEFAULTS.withId("twice"));
		Stream<String> body = get("/tasks/twice").body();
		assertThatExceptionOfType(DuplicateTaskException.class)
			.isThrownBy(() -> executor.submit(() -> 1, TaskOptions.DEFAULTS.withId("twice")));
		release.countDown();
		assertThat(body.filter((line) -> line.startsWith("data:")).toList())
			.noneMatch((line) -> line.contains("rejected"))
			.last()
			.asString()
			.contains("\"status\":\"succeeded\"");
		awaitStreams(0);
	}

	@Test
	void streamWhenThereIsNoSuchTaskOrExecutorIsNotFound() throws Exception {
		assertThat(get("/tasks/none").statusCode()).isEqualTo(404);
		assertThat(get("/executors/none").statusCode()).isEqualTo(404);
		assertThat(streams().count()).isZero();
	}

	@Test
	void streamsOfExecutorAreLimitedAndEndWithTheirClients() throws Exception {
		HttpResponse<Stream<String>> first = get("/executors/pool");
		HttpResponse<Stream<String>> second = get("/executors/pool");
		assertThat(get("/executors/pool").statusCode()).isEqualTo(503);
		Iterator<String> lines = first.body().iterator();
		executor.call(() -> 1, TaskOptions.DEFAULTS.withId("called"));
		assertThat(next(lines, "\"ended\":true")).contains("\"id\":\"called\"", "\"status\":\"succeeded\"");
		first.body().close();
		second.body().close();
		awaitStreams(0);
	}

	@Test
	void headOpensNoStream() throws Exception {
		executor.call(() -> 1, TaskOptions.DEFAULTS.withId("ended"));
		for (String path : List.of("/executors/pool", "/tasks/ended", "/executors/pool")) {
			HttpResponse<Void> response = client.send(
					request(path).method("HEAD", BodyPublishers.noBody()).timeout(Duration.ofSeconds(10)).build(),
					BodyHandlers.discarding());
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("Content-Type"))
				.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
			assertThat(streams().count()).isZero();
		}
	}

	@Test
	void streamsEndBeforeTheServerWaitsForItsLastRequests() throws Exception {
		ServletWebServerApplicationContext kept = application;
		application = run();
		try {
			Stream<String> body = get("/executors/pool").body();
			long before = System.nanoTime();
			application.close();
			assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
			assertThat(body.toList()).isNotEmpty();
		}
		finally {
			application = kept;
		}
	}

	private static void awaitStreams(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> streams().count() == count);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
