package dev.offload.spring.actuate;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import tools.jackson.databind.JsonNode;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.Tasks;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.registry.StandardExecutorRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExecutorTasksEndpoint}: what it shows, hides, does and refuses.
 */
@ExtendWith(OperatedServiceExtension.class)
class ExecutorTasksEndpointIntegrationTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final OperatedService service;

	ExecutorTasksEndpointIntegrationTests(OperatedService service) {
		this.service = service;
	}

	private OffloadExecutor make(String name) {
		return this.service.make(ExecutorSpec.builder(name).type(ExecutorSpec.THREAD).maxWorkers(1));
	}

	@Test
	void listHasThePageThatIsAskedForAndNoStacks() {
		OffloadExecutor executor = make("listed");
		TaskHandle<Object> failed = executor.submit(() -> {
			throw new IllegalStateException("secret of nobody");
		}, TaskOptions.DEFAULTS.withId("failed").withMetadata(Map.of("user", "42")));
		assertThat(failed.future()).failsWithin(BOUND);
		assertThat(executor.submit(() -> 1, TaskOptions.DEFAULTS.withLabel("mine")).future()).succeedsWithin(BOUND);
		JsonNode all = this.service.get("executortasks?executor=listed").json();
		assertThat(all.propertyNames()).containsExactly("total", "storeFailures", "tasks");
		assertThat(all.get("total").asInt()).isEqualTo(2);
		assertThat(all.get("tasks").get(0).get("label").asString()).isEqualTo("mine");
		JsonNode task = this.service.get("executortasks?executor=listed&status=failed").json().get("tasks").get(0);
		assertThat(task.propertyNames()).containsExactly("id", "executor", "label", "status", "attempt", "metadata",
				"submitted", "started", "finished", "waiting", "running", "failure");
		assertThat(task.get("metadata").get("user").asString()).isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(task.get("failure").propertyNames()).containsExactly("type", "message");
		assertThat(this.service.get("executortasks?executor=listed&offset=1&limit=1").json().get("tasks")).hasSize(1)
			.first()
			.isEqualTo(task);
		assertThat(this.service.get("executortasks?label=mine").json().get("tasks")).hasSize(1);
	}

	@Test
	void taskHasItsStack() {
		TaskHandle<Object> failed = make("single").submit(() -> {
			throw new IllegalStateException("no");
		});
		assertThat(failed.future()).failsWithin(BOUND);
		JsonNode task = this.service.get("executortasks/" + failed.id()).json();
		assertThat(task.get("failure").get("stack").asString())
			.startsWith("java.lang.IllegalStateException: no\n\tat ");
		assertThat(this.service.get("executortasks/nobody").status()).isEqualTo(404);
	}

	@Test
	void deleteCancels() {
		CountDownLatch never = new CountDownLatch(1);
		TaskHandle<Boolean> running = make("cancelled").submit(() -> never.await(20, TimeUnit.SECONDS));
		assertThat(this.service.delete("executortasks/" + running.id()).status()).isEqualTo(200);
		assertThat(running.future()).failsWithin(BOUND);
		assertThat(this.service.get("executortasks/" + running.id()).json().get("status").asString())
			.isEqualTo("cancelled");
		OperatedService.Answer unknown = this.service.delete("executortasks/nobody");
		assertThat(unknown.status()).isEqualTo(404);
		assertThat(unknown.json().get("detail").asString()).contains("'nobody'");
	}

	@Test
	void cancelAnswersWhereNoRecordIsKept() {
		try (StandardExecutorRegistry registry = StandardExecutorRegistry.builder()
			.factory(new ThreadExecutorFactory())
			.store(null)
			.build()) {
			OffloadExecutor executor = registry
				.getOrCreate(ExecutorSpec.builder("pool").type("thread").maxWorkers(1).build());
			CountDownLatch gate = new CountDownLatch(1);
			TaskHandle<Boolean> first = executor.submit(() -> gate.await(20, TimeUnit.SECONDS));
			TaskHandle<Integer> waiting = executor.submit(() -> 1);
			Tasks tasks = (Tasks) Proxy.newProxyInstance(Tasks.class.getClassLoader(), new Class<?>[] { Tasks.class },
					(proxy, method, arguments) -> {
						Object answer = method.invoke(registry.tasks(), arguments);
						if (method.getName().equals("cancel")) {
							assertThat(waiting.future()).failsWithin(BOUND);
						}
						return answer;
					});
			ExecutorTasksEndpoint endpoint = new ExecutorTasksEndpoint(tasks, List.of(), Show.ALWAYS, Set.of());
			assertThat(endpoint.cancel(waiting.id(), SecurityContext.NONE).id()).isEqualTo(waiting.id());
			gate.countDown();
			assertThat(first.future()).succeedsWithin(BOUND);
		}
	}

	@Test
	void parameterThatCannotBeIsRefused() {
		Map.of("status=running,failed", "status must be one of pending, running", "limit=0", "limit must be",
				"offset=-1", "offset must be")
			.forEach((parameter, reason) -> {
				OperatedService.Answer answer = this.service.get("executortasks?" + parameter);
				assertThat(answer.status()).isEqualTo(400);
				assertThat(answer.json().get("detail").asString()).contains(reason);
			});
	}

	@Test
	void valuesAreShownWhereThatIsAllowedAndSanitizedStill() {
		try (StandardExecutorRegistry registry = StandardExecutorRegistry.builder()
			.factory(new ThreadExecutorFactory())
			.build()) {
			OffloadExecutor executor = registry.getOrCreate(ExecutorSpec.builder("pool").type("thread").build());
			TaskHandle<Integer> task = executor.submit(() -> 1,
					TaskOptions.DEFAULTS.withMetadata(Map.of("user", "42", "password", "x")));
			ExecutorTasksEndpoint endpoint = new ExecutorTasksEndpoint(registry.tasks(),
					List.of((data) -> data.getKey().equals("password") ? data.withSanitizedValue() : data), Show.ALWAYS,
					Set.of());
			assertThat(task.future()).succeedsWithin(BOUND);
			assertThat(endpoint.task(task.id(), SecurityContext.NONE).metadata())
				.isEqualTo(Map.of("user", "42", "password", SanitizableData.SANITIZED_VALUE));
		}
	}

}
