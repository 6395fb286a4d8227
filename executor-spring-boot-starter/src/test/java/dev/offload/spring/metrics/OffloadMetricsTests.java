package dev.offload.spring.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.WorkerEvent;
import dev.offload.registry.StandardExecutorRegistry;
import dev.offload.spring.Words;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link OffloadMetrics} with real executors and a real registry of meters.
 */
class OffloadMetricsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadMetricsAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread", "offload.executors.pool.max-workers=1",
				"offload.executors.pool.max-pending=2", "offload.executors.here.type=inline",
				"offload.executors.here.codec-round-trip=false");

	@Test
	void metersWhenNothingHasRunAreThereForEachExecutor() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(names(meters, "pool")).containsExactly("offload.executor.active", "offload.executor.completed",
					"offload.executor.pending", "offload.executor.pending.max", "offload.executor.queued",
					"offload.executor.rejected", "offload.executor.retries", "offload.executor.retrying",
					"offload.executor.submitted", "offload.executor.workers", "offload.executor.workers.cached",
					"offload.executor.workers.max");
			assertThat(names(meters, "here")).isEqualTo(names(meters, "pool"));
			assertThat(gauge(meters, "pending.max")).isEqualTo(2);
			assertThat(gauge(meters, "workers.max")).isEqualTo(1);
			assertThat(meters.get("offload.executor.workers").tag("name", "pool").meters()).extracting(meter("state"))
				.containsExactlyInAnyOrder("starting", "idle", "busy", "retiring", "ending");
		});
	}

	@Test
	void gaugesAndCountersFollowTheTasks() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			OffloadExecutor pool = context.getBean(ExecutorRegistry.class).require("pool");
			CountDownLatch go = new CountDownLatch(1);
			TaskHandle<Boolean> active = pool.submit(() -> go.await(10, TimeUnit.SECONDS));
			TaskHandle<Boolean> queued = pool.submit(() -> go.await(10, TimeUnit.SECONDS));
			assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> pool.submit(() -> true));
			assertThat(gauge(meters, "pending")).isEqualTo(2);
			assertThat(gauge(meters, "active")).isEqualTo(1);
			assertThat(gauge(meters, "queued")).isEqualTo(1);
			go.countDown();
			assertThat(List.of(active, queued))
				.allSatisfy((task) -> assertThat(task.future()).succeedsWithin(Duration.ofSeconds(10)));
			assertThat(counter(meters, "submitted")).isEqualTo(2);
			assertThat(counter(meters, "rejected", "reason", "max-pending")).isEqualTo(1);
			await().atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(counter(meters, "completed", "outcome", "succeeded")).isEqualTo(2));
			assertThat(gauge(meters, "pending")).isZero();
		});
	}

	@Test
	void timersMeasureWaitingAndRunningByOutcome() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			OffloadExecutor here = context.getBean(ExecutorRegistry.class).require("here");
			here.call(() -> "good");
			assertThatIllegalStateException().isThrownBy(() -> here.call(() -> {
				throw new IllegalStateException("bad");
			}));
			assertThat(meters.get("offload.executor.wait").tag("name", "here").timer().count()).isEqualTo(2);
			assertThat(meters.get("offload.executor.run").tags("name", "here", "outcome", "succeeded").timer().count())
				.isOne();
			assertThat(meters.get("offload.executor.run").tags("name", "here", "outcome", "failed").timer().count())
				.isOne();
		});
	}

	@Test
	void metersOfAnExecutorGoWhenItCloses() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			OffloadExecutor here = context.getBean(ExecutorRegistry.class).require("here");
			here.call(() -> "timed");
			here.close();
			assertThat(names(meters, "here")).isEmpty();
			assertThat(names(meters, "pool")).isNotEmpty();
		});
	}

	@Test
	void metersOfAnExecutorThatIsMadeLaterComeWithIt() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			OffloadExecutor late = context.getBean(ExecutorRegistry.class)
				.getOrCreate(ExecutorSpec.builder("late").type("inline").codecRoundTrip(false).maxPending(17).build());
			assertThat(names(meters, "late")).isEqualTo(names(meters, "here"));
			assertThat(meters.get("offload.executor.pending.max").tag("name", "late").gauge().value()).isEqualTo(17);
			late.call(() -> "first");
			assertThat(names(meters, "late")).contains("offload.executor.wait");
			late.close();
			assertThat(names(meters, "late")).isEmpty();
		});
	}

	@Test
	void metersOfAnExecutorWithProcessesCountItsWorkersFromZero() {
		this.runner.withPropertyValues("offload.executors.pdf.type=process").run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("offload.executor.workers.ended").tag("name", "pdf").functionCounters())
				.extracting(FunctionCounter::count)
				.hasSizeGreaterThan(3)
				.containsOnly(0.0);
			assertThat(names(meters, "pool")).doesNotContain("offload.executor.workers.ended");
		});
	}

	@Test
	void workersOfAnExecutorThatIsMadeLaterAreCountedFromZero() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			OffloadExecutor late = context.getBean(ExecutorRegistry.class)
				.getOrCreate(ExecutorSpec.builder("late").build());
			// No worker is started.
			late.operations().pause();
			late.submit(() -> "first");
			assertThat(names(meters, "late")).contains("offload.executor.workers.started",
					"offload.executor.workers.ended");
			late.closeNow();
		});
	}

	@Test
	void workersAreCountedByReasonAlsoBeforeThereIsARegistry() {
		OffloadMetrics metrics = new OffloadMetrics(StandardExecutorRegistry::create, ExecutorMeterConvention.DEFAULT);
		metrics.executorChanged("pdf", ExecutorState.OPEN);
		metrics.workerChanged(new WorkerEvent("pdf", 1, 17, WorkerEvent.Change.STARTED, "demand", null));
		MeterRegistry meters = new SimpleMeterRegistry();
		metrics.bindTo(meters);
		metrics.workerChanged(new WorkerEvent("pdf", 1, 18, WorkerEvent.Change.STARTED, "demand", null));
		metrics.workerChanged(new WorkerEvent("pdf", 1, 18, WorkerEvent.Change.READY, "demand", null));
		metrics.workerChanged(new WorkerEvent("pdf", 1, 17, WorkerEvent.Change.ENDED, "crash", null));
		metrics.workerChanged(new WorkerEvent("pdf", 1, 18, WorkerEvent.Change.ENDED, "moonshine", null));
		assertThat(workers(meters, "started", "demand")).isEqualTo(2);
		assertThat(workers(meters, "ended", "crash")).isEqualTo(1);
		assertThat(workers(meters, "ended", "moonshine")).isEqualTo(1);
		metrics.executorChanged("pdf", ExecutorState.CLOSED);
		assertThat(meters.getMeters()).isEmpty();
		metrics.workerChanged(new WorkerEvent("pdf", 1, 18, WorkerEvent.Change.ENDED, "close", null));
		assertThat(meters.getMeters()).as("after it has closed").isEmpty();
	}

	@Test
	void reasonsAreThoseOfThePool() throws Exception {
		Object[] reasons = Class.forName("dev.offload.pool.EndReason").getEnumConstants();
		assertThat(WorkerReasons.ENDED)
			.containsExactly(Arrays.stream(reasons).map((each) -> Words.of((Enum<?>) each)).toArray(String[]::new));
	}

	@Test
	void registryThatIsMadeLaterHasWhatWasCountedBefore() {
		this.runner.run((context) -> {
			context.getBean(ExecutorRegistry.class).require("here").call(() -> "early");
			CompositeMeterRegistry later = new CompositeMeterRegistry();
			context.getBean(OffloadMetrics.class).bindTo(later);
			context.getBean(ExecutorRegistry.class).require("here").call(() -> "late");
			MeterRegistry latest = new SimpleMeterRegistry();
			later.add(latest);
			context.getBean(ExecutorRegistry.class).require("here").call(() -> "last");
			assertThat(latest.get("offload.executor.submitted").tag("name", "here").functionCounter().count())
				.isEqualTo(3);
			assertThat(latest.get("offload.executor.wait").tag("name", "here").timer().count()).isOne();
			context.getBean(ExecutorRegistry.class).require("here").close();
			assertThat(names(latest, "here")).isEmpty();
		});
	}

	@Test
	void conventionOfTheApplicationNamesAllMeters() {
		this.runner.withUserConfiguration(OwnConvention.class).run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			OffloadExecutor here = context.getBean(ExecutorRegistry.class).require("here");
			here.call(() -> "timed");
			assertThat(offloadMeters(meters)).isEmpty();
			assertThat(meters.get("acme.pool.run").tags("pool", "here", "team", "docs").timer().count()).isOne();
			assertThat(meters.get("acme.pool.pending.max").tags("pool", "here", "team", "docs").gauge().value())
				.isEqualTo(100);
			here.close();
			assertThat(meters.find("acme.pool.run").meters()).isEmpty();
			assertThat(meters.find("acme.pool.pending.max").tag("pool", "here").meters()).isEmpty();
		});
	}

	@Test
	void filtersOfTheApplicationRenameAndDeny() {
		this.runner.withUserConfiguration(OwnFilters.class).run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			OffloadExecutor here = context.getBean(ExecutorRegistry.class).require("here");
			here.call(() -> "timed");
			assertThat(meters.find("offload.executor.submitted").meters()).isEmpty();
			assertThat(meters.get("offload.executor.wait").tag("pool", "here").timer().count()).isOne();
			here.close();
			assertThat(meters.find("offload.executor.wait").meters()).isEmpty();
			assertThat(offloadMeters(meters)).extracting(meter("pool")).containsOnly("pool");
		});
	}

	@Test
	void contextsWithOneRegistryLeaveTheMetersOfEachOther() {
		MeterRegistry shared = new SimpleMeterRegistry();
		ApplicationContextRunner other = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadMetricsAutoConfiguration.class))
			.withPropertyValues("offload.executors.here.type=inline", "offload.executors.second.type=inline");
		this.runner.run((context) -> {
			context.getBean(OffloadMetrics.class).bindTo(shared);
			other.run((second) -> {
				second.getBean(OffloadMetrics.class).bindTo(shared);
				assertThat(names(shared, "second")).isNotEmpty();
			});
			assertThat(names(shared, "second")).isEmpty();
			assertThat(names(shared, "here")).isNotEmpty();
		});
		assertThat(shared.getMeters()).isEmpty();
	}

	@Test
	void tagsHaveNeitherProcessNorTask() {
		this.runner.run((context) -> {
			context.getBean(ExecutorRegistry.class).require("here").call(() -> "x");
			assertThat(offloadMeters(context.getBean(MeterRegistry.class)))
				.flatExtracting((meter) -> meter.getId().getTags())
				.extracting(Tag::getKey)
				.isSubsetOf("name", "state", "outcome", "reason");
		});
	}

	private static double workers(MeterRegistry meters, String change, String reason) {
		return meters.get("offload.executor.workers." + change)
			.tags("name", "pdf", "reason", reason)
			.functionCounter()
			.count();
	}

	private static Function<Meter, String> meter(String tag) {
		return (meter) -> meter.getId().getTag(tag);
	}

	private static double gauge(MeterRegistry meters, String name) {
		return meters.get("offload.executor." + name).tag("name", "pool").gauge().value();
	}

	private static double counter(MeterRegistry meters, String name, String... tags) {
		return meters.get("offload.executor." + name).tag("name", "pool").tags(tags).functionCounter().count();
	}

	private static Collection<Meter> offloadMeters(MeterRegistry meters) {
		return meters.getMeters().stream().filter((meter) -> meter.getId().getName().startsWith("offload.")).toList();
	}

	private static Set<String> names(MeterRegistry meters, String executor) {
		Set<String> names = new TreeSet<>();
		for (Meter meter : offloadMeters(meters)) {
			if (executor.equals(meter.getId().getTag("name"))) {
				names.add(meter.getId().getName());
			}
		}
		return names;
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConvention {

		@Bean
		ExecutorMeterConvention convention() {
			return new ExecutorMeterConvention() {

				@Override
				public String name(String meter) {
					return "acme.pool." + meter;
				}

				@Override
				public Tags tags(String executor) {
					return Tags.of("pool", executor, "team", "docs");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilters {

		@Bean
		MeterFilter renaming() {
			return MeterFilter.renameTag("offload.executor", "name", "pool");
		}

		@Bean
		MeterFilter denying() {
			return MeterFilter.denyNameStartsWith("offload.executor.submitted");
		}

	}

}
