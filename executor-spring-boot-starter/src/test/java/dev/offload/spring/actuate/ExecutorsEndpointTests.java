package dev.offload.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorOperations;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.QuarantinedWork;
import dev.offload.RejectionReason;
import dev.offload.TaskHandle;
import dev.offload.TaskStatus;
import dev.offload.WorkerHeartbeat;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerStartException;
import dev.offload.WorkerState;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link ExecutorsEndpoint} and for the health of executors.
 */
class ExecutorsEndpointTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadEndpointAutoConfiguration.class,
				OffloadHealthContributorAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=executors", "offload.executors.pool.type=thread",
				"offload.executors.pool.max-workers=1", "offload.executors.pool.max-pending=7",
				"offload.executors.pool.timeout=30s", "offload.executors.pdf.type=process");

	@Test
	void executorsHasEachByItsName() {
		this.runner.run((context) -> {
			Map<String, ExecutorDescriptor> executors = context.getBean(ExecutorsEndpoint.class).executors();
			assertThat(executors).containsOnlyKeys("pool", "pdf");
			assertThat(executors.get("pdf").type()).isEqualTo("process");
			assertThat(executors.get("pdf").workers()).isEmpty();
		});
	}

	@Test
	void executorHasItsLimitsAndNumbers() {
		this.runner.run((context) -> {
			OffloadExecutor pool = context.getBean(ExecutorRegistry.class).require("pool");
			CountDownLatch go = new CountDownLatch(1);
			TaskHandle<Boolean> task = pool.submit(() -> go.await(10, TimeUnit.SECONDS));
			ExecutorDescriptor executor = context.getBean(ExecutorsEndpoint.class).executor("pool");
			assertThat(executor.state()).isEqualTo("open");
			assertThat(executor.limits().maxPending()).isEqualTo(7);
			assertThat(executor.limits().timeout()).isEqualTo("PT30S");
			assertThat(executor.pending()).isOne();
			assertThat(executor.active()).isOne();
			assertThat(executor.submitted()).isOne();
			assertThat(executor.completed()).containsOnlyKeys("succeeded", "failed", "crashed", "timed-out",
					"cancelled");
			assertThat(executor.rejected()).containsOnlyKeys("max-pending", "max-pending-bytes", "max-spool-bytes",
					"closed", "payload", "no-worker", "max-concurrent", "rate-limit", "quarantined", "duplicate-id",
					"deadline");
			assertThat(executor.retrying()).isZero();
			assertThat(executor.retried()).containsOnlyKeys("failure", "timeout", "crash");
			go.countDown();
			assertThat(task.future()).succeedsWithin(Duration.ofSeconds(10));
		});
	}

	@Test
	void executorWhenThereIsNoneIsNull() {
		this.runner.run((context) -> assertThat(context.getBean(ExecutorsEndpoint.class).executor("nowhere")).isNull());
	}

	@Test
	void descriptorHasWorkersAndTheirTasks() {
		WorkerSnapshot worker = new WorkerSnapshot(3, 4711, WorkerState.BUSY, Instant.EPOCH, Duration.ofSeconds(61), 1,
				5, List.of(new WorkerSnapshot.CurrentTask("id-1", "PdfService.render", Duration.ofMillis(1500))), true,
				new WorkerHeartbeat(10, 20, 30, -1, 9, Duration.ofMillis(700)));
		ExecutorSnapshot snapshot = new ExecutorSnapshot("pdf", "process", ExecutorState.DRAINING, false, null, 2, 100,
				ExecutorLimits.builder().timeout(Duration.ofSeconds(7)).build(), 1, 0, 1, 0, 6,
				Map.of(RejectionReason.CLOSED, 2L), Map.of(TaskStatus.TIMED_OUT, 1L), Map.of(),
				Duration.ofNanos(1_234_567), Duration.ZERO, 4, 1, List.of(worker));
		ExecutorDescriptor descriptor = ExecutorDescriptor.of(
				ExecutorSpec.builder("pdf").rateLimit(3).rateLimitPeriod(Duration.ofSeconds(2)).build(), snapshot,
				List.of(new QuarantinedWork("poison", "PdfService.render", 2, Duration.ofSeconds(90))));
		assertThat(descriptor.state()).isEqualTo("draining");
		assertThat(descriptor.limits().timeout()).as("the one in force").isEqualTo("PT7S");
		assertThat(descriptor.limits().rateLimit()).isEqualTo(3);
		assertThat(descriptor.limits().rateLimitPeriod()).isEqualTo("PT2S");
		assertThat(descriptor.quarantined())
			.containsExactly(new QuarantinedDescriptor("poison", "PdfService.render", 2, "PT1M30S"));
		assertThat(descriptor.averageWait()).isEqualTo("PT0.001S");
		assertThat(descriptor.rejected()).isEqualTo(Map.of("closed", 2L));
		assertThat(descriptor.completed()).isEqualTo(Map.of("timed-out", 1L));
		assertThat(descriptor.workersCrashed()).isOne();
		assertThat(descriptor.workers())
			.containsExactly(new WorkerDescriptor(3, 4711, "busy", "1970-01-01T00:00:00Z", "PT1M1S", 1, 5,
					List.of(new WorkerDescriptor.CurrentTaskDescriptor("id-1", "PdfService.render", "PT1.5S")), true,
					new WorkerDescriptor.HeartbeatDescriptor("PT0.7S", 10, 20, 30, null, 9)));
	}

	@Test
	void healthWhenAllTakeTasksIsUp() {
		this.runner.run((context) -> {
			OffloadHealthContributor contributor = context.getBean(OffloadHealthContributor.class);
			assertThat(contributor.stream().map(HealthContributors.Entry::name)).containsExactlyInAnyOrder("pool",
					"pdf");
			Health health = health(context, "pool");
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsOnlyKeys("type", "state", "paused", "pending", "maxPending",
					"workers", "workersCrashed");
			assertThat(health.getDetails()).contains(entry("state", "open"), entry("maxPending", 7));
			assertThat(contributor.getContributor("nowhere")).isNull();
		});
	}

	@Test
	void healthHasExecutorsThatAreMadeLater() {
		this.runner.run((context) -> {
			context.getBean(ExecutorRegistry.class)
				.getOrCreate(ExecutorSpec.builder("late").type("inline").codecRoundTrip(false).build());
			assertThat(health(context, "late").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void healthWhenOneIsClosedIsOutOfService() {
		this.runner.run((context) -> {
			context.getBean(ExecutorRegistry.class).require("pool").close();
			assertThat(health(context, "pool").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health(context, "pdf").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void healthWhilePausedIsOutOfService() {
		this.runner.run((context) -> {
			ExecutorOperations operations = context.getBean(ExecutorRegistry.class).require("pool").operations();
			operations.pause();
			assertThat(health(context, "pool").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			operations.resume();
			assertThat(health(context, "pool").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void healthWhenNoWorkerCanBeStartedIsDownAndSaysWhy() {
		this.runner
			.withPropertyValues("offload.executors.broken.worker.context=none",
					"offload.executors.broken.worker.jvm-args=-XX:+NoSuchOption",
					"offload.executors.broken.start-failures=1")
			.run((context) -> {
				assertThatExceptionOfType(WorkerStartException.class)
					.isThrownBy(() -> context.getBean(ExecutorRegistry.class).require("broken").call(() -> 1));
				Health health = health(context, "broken");
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails().get("unavailable")).asString()
					.contains("could not be started")
					.doesNotContain("NoSuchOption");
				assertThat(health.getDetails()).contains(entry("degraded", List.of("workers-not-started")));
				assertThat(health(context, "pdf").getStatus()).isEqualTo(Status.UP);
				assertThat(context.getBean(ExecutorsEndpoint.class).executor("broken")).isNotNull()
					.satisfies((executor) -> assertThat(executor.unavailable()).contains("could not be started")
						.doesNotContain("NoSuchOption"));
			});
	}

	@Test
	void healthAfterTasksWereRefusedIsUpAndDegraded() {
		this.runner.withPropertyValues("offload.executors.pool.max-pending=1").run((context) -> {
			OffloadExecutor pool = context.getBean(ExecutorRegistry.class).require("pool");
			CountDownLatch go = new CountDownLatch(1);
			TaskHandle<Boolean> task = pool.submit(() -> go.await(10, TimeUnit.SECONDS));
			assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> pool.submit(() -> true));
			assertThat(degraded(context)).isEqualTo(List.of("tasks-refused", "nearly-full"));
			go.countDown();
			assertThat(task.future()).succeedsWithin(Duration.ofSeconds(10));
			assertThat(degraded(context)).as("some time later").isEqualTo(List.of("tasks-refused", "nearly-full"));
			assertThat(health(context, "pool").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void endpointsWhenReadOnlyHaveNoOperationsThatChange() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, EndpointAutoConfiguration.class,
					WebEndpointAutoConfiguration.class, OffloadEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.executors.access=READ_ONLY")
			.run((context) -> {
				assertThat(operations(context, "executors")).containsOnly(WebEndpointHttpMethod.GET);
				assertThat(operations(context, "executorworkers")).contains(WebEndpointHttpMethod.DELETE);
			});
	}

	private static List<WebEndpointHttpMethod> operations(ApplicationContext context, String endpoint) {
		return context.getBean(WebEndpointsSupplier.class)
			.getEndpoints()
			.stream()
			.filter((each) -> each.getEndpointId().toString().equals(endpoint))
			.flatMap((each) -> each.getOperations().stream())
			.map((operation) -> operation.getRequestPredicate().getHttpMethod())
			.toList();
	}

	private static @Nullable Object degraded(ApplicationContext context) {
		return health(context, "pool").getDetails().get("degraded");
	}

	private static Health health(ApplicationContext context, String executor) {
		HealthContributor contributor = context.getBean(OffloadHealthContributor.class).getContributor(executor);
		assertThat(contributor).isNotNull();
		return Objects.requireNonNull(((HealthIndicator) contributor).health(true));
	}

}
