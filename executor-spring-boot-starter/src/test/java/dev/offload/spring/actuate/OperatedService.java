package dev.offload.spring.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;

/**
 * A service with a web server, executors of all types and all that operators see of them.
 */
public final class OperatedService implements AutoCloseable {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newHttpClient();

	private final ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
			Application.class)
		.properties(properties())
		.run("--server.port=0");

	private static Map<String, Object> properties() {
		Map<String, Object> properties = new TreeMap<>();
		properties.put("offload.executors.pdf.worker.context", "none");
		properties.put("offload.executors.pdf.worker.heap", "64MB");
		properties.put("offload.executors.pdf.max-workers", 2);
		properties.put("offload.executors.pool.type", "thread");
		properties.put("offload.executors.pool.max-workers", 1);
		properties.put("offload.executors.ready.type", "thread");
		properties.put("offload.executors.here.type", "inline");
		if (Runtime.version().feature() >= 21) {
			properties.put("offload.executors.light.type", "virtual");
		}
		properties.put("management.endpoints.web.exposure.include", "*");
		properties.put("management.endpoint.health.show-details", "always");
		properties.put("management.endpoint.health.group.readiness.include", "readinessState,offload/ready");
		properties.put("management.endpoints.jmx.exposure.include", "*");
		properties.put("management.metrics.distribution.percentiles-histogram.offload.executor", true);
		properties.put("spring.jmx.enabled", true);
		return properties;
	}

	OffloadExecutor executor(String name) {
		return this.context.getBean(ExecutorRegistry.class).require(name);
	}

	OffloadExecutor make(ExecutorSpec.Builder spec) {
		return this.context.getBean(ExecutorRegistry.class).getOrCreate(spec.build());
	}

	Answer get(String path) {
		return send(path, HttpRequest.newBuilder().GET());
	}

	Answer delete(String path) {
		return send(path, HttpRequest.newBuilder().DELETE());
	}

	Answer post(String path, String json) {
		return send(path,
				HttpRequest.newBuilder()
					.POST(BodyPublishers.ofString(json))
					.header("Content-Type", "application/json"));
	}

	private Answer send(String path, HttpRequest.Builder request) {
		URI uri = URI.create("http://localhost:" + this.context.getWebServer().getPort() + "/actuator/" + path);
		try {
			HttpResponse<String> response = this.client.send(request.uri(uri).timeout(BOUND).build(),
					BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}
		catch (IOException ex) {
			throw new IllegalStateException(uri + " cannot be asked", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An answer of the web server.
	 *
	 * @param status its status
	 * @param body its body
	 */
	record Answer(int status, String body) {

		JsonNode json() {
			return JsonMapper.shared().readTree(this.body);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
