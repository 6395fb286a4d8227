package dev.offload.spring.autoconfigure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.local.InlineExecutorFactory;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for running executors when the configuration changes.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExecutorsRefreshTests {

	private final Map<String, Object> properties = new HashMap<>(
			Map.of("offload.defaults.timeout", "30s", "offload.executors.pdf.max-workers", "2",
					"offload.executors.io.type", "thread", "offload.executors.direct.type", "inline"));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadRefreshAutoConfiguration.class))
		.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("changing", this.properties)));

	@Test
	void limitsThatChangeReachRunningExecutors(CapturedOutput output) {
		this.runner.run((context) -> {
			this.properties.put("offload.executors.pdf.max-workers", "3");
			this.properties.put("offload.defaults.timeout", "${some.time}");
			this.properties.put("some.time", "40s");
			this.properties.put("offload.defaults.queue-timeout", "5s");
			this.properties.put("offload.defaults.min-workers", "1");
			this.properties.put("offload.executors.io.rate-limit", "5");
			change(context, "some.time");
			ExecutorSnapshot pdf = snapshot(context, "pdf");
			assertThat(pdf.maxWorkers()).isEqualTo(3);
			assertThat(pdf.limits().timeout()).isEqualTo(Duration.ofSeconds(40));
			assertThat(pdf.limits().minWorkers()).isEqualTo(1);
			assertThat(snapshot(context, "io").limits().queueTimeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(snapshot(context, "io").limits().rateLimit()).isEqualTo(5);
			assertThat(snapshot(context, "direct").limits().timeout()).isEqualTo(Duration.ofSeconds(40));
			assertThat(output).doesNotContain("Restart the service");
			this.properties.remove("offload.defaults.timeout");
			change(context, "offload.defaults.timeout");
			assertThat(snapshot(context, "pdf").limits().timeout()).isEqualTo(Duration.ZERO);
		});
	}

	@Test
	void settingsThatCannotChangeAreNamedOnce(CapturedOutput output) {
		this.runner.run((context) -> {
			this.properties.put("offload.executors.pdf.worker.heap", "64MB");
			this.properties.put("offload.executors.pdf.timeout", "7s");
			this.properties.put("offload.defaults.close-timeout", "1s");
			this.properties.put("offload.executors.more.type", "thread");
			change(context, "offload.executors.pdf.worker.heap");
			change(context, "unrelated");
			assertThat(snapshot(context, "pdf").limits().timeout()).isEqualTo(Duration.ofSeconds(7));
			assertThat(output).containsOnlyOnce("Restart the service to apply: offload.defaults.close-timeout, "
					+ "offload.executors.pdf.worker.heap, offload.executors.more");
		});
	}

	@Test
	void executorWhoseTypeChangesStaysAsItIs(CapturedOutput output) {
		this.runner.run((context) -> {
			int maxWorkers = snapshot(context, "io").maxWorkers();
			this.properties.put("offload.executors.io.type", "inline");
			this.properties.put("offload.executors.io.timeout", "7s");
			change(context, "offload.executors.io.type");
			change(context, "unrelated");
			assertThat(snapshot(context, "io").maxWorkers()).isEqualTo(maxWorkers);
			assertThat(snapshot(context, "io").limits().timeout()).isEqualTo(Duration.ofSeconds(30));
			assertThat(output).containsOnlyOnce("Restart the service to apply: offload.executors.io.type");
			this.properties.put("offload.executors.io.type", "thread");
			change(context, "offload.executors.io.type");
			assertThat(snapshot(context, "io").limits().timeout()).isEqualTo(Duration.ofSeconds(7));
		});
	}

	@Test
	void bypassThatChangesChangesNothing(CapturedOutput output) {
		this.runner.run((context) -> {
			this.properties.put("offload.bypass", "true");
			this.properties.put("offload.executors.pdf.timeout", "7s");
			change(context, "offload.bypass");
			change(context, "unrelated");
			assertThat(snapshot(context, "pdf").limits().timeout()).isEqualTo(Duration.ofSeconds(30));
			assertThat(output).containsOnlyOnce("Restart the service to apply: offload.bypass");
		});
	}

	@Test
	void failureOfOneExecutorLeavesAllAsTheyWere(CapturedOutput output) {
		this.runner.withBean(ExecutorFactory.class, Unchangeable::new)
			.withPropertyValues("offload.executors.zzz.type=unchangeable")
			.run((context) -> {
				this.properties.put("offload.defaults.timeout", "40s");
				change(context, "offload.defaults.timeout");
				assertThat(output).contains("running executors stay as they are: It stays as it is");
				assertThat(List.of("pdf", "io", "direct"))
					.allSatisfy((executor) -> assertThat(snapshot(context, executor).limits().timeout())
						.isEqualTo(Duration.ofSeconds(30)));
			});
	}

	@Test
	void wrongValueChangesNothingAndIsLoggedOnceWithItsPath(CapturedOutput output) {
		this.runner.run((context) -> {
			this.properties.put("offload.executors.io.timeout", "7s");
			this.properties.put("offload.executors.pdf.max-workers", "0");
			change(context, "offload.executors.pdf.max-workers");
			change(context, "offload.executors.pdf.max-workers");
			assertThat(snapshot(context, "io").limits().timeout()).isEqualTo(Duration.ofSeconds(30));
			assertThat(output).containsOnlyOnce("running executors stay as they are: Settings of executors are wrong: "
					+ "offload.executors.pdf.max-workers (\"offload.executors.pdf.max-workers\" from property source "
					+ "\"changing\") must be at least 1, but is 0");
			this.properties.put("offload.executors.pdf.max-workers", "many");
			change(context, "offload.executors.pdf.max-workers");
			assertThat(output).contains("offload.executors.pdf.max-workers");
			this.properties.put("offload.executors.pdf.max-workers", "4");
			change(context, "offload.executors.pdf.max-workers");
			assertThat(snapshot(context, "pdf").maxWorkers()).isEqualTo(4);
			assertThat(snapshot(context, "io").limits().timeout()).isEqualTo(Duration.ofSeconds(7));
		});
	}

	@Test
	void limitThatDoesNotFitWhatAnOperatorChangedChangesNothing(CapturedOutput output) {
		this.runner.run((context) -> {
			ExecutorRegistry registry = context.getBean(ExecutorRegistry.class);
			registry.require("pdf").operations().change(ExecutorLimits.builder().maxWorkers(1).maxPending(5).build());
			this.properties.put("offload.executors.pdf.min-workers", "2");
			this.properties.put("offload.executors.io.timeout", "7s");
			change(context, "offload.executors.pdf.min-workers");
			assertThat(output).contains(
					"stay as they are: Settings of executors are wrong: offload.executors.pdf.min-workers (",
					") must not be above max-workers 1, but is 2");
			assertThat(snapshot(context, "io").limits().timeout()).isEqualTo(Duration.ofSeconds(30));
			this.properties.put("offload.executors.pdf.min-workers", "1");
			change(context, "offload.executors.pdf.min-workers");
			assertThat(snapshot(context, "pdf").limits().minWorkers()).isEqualTo(1);
			assertThat(snapshot(context, "pdf").maxPending()).as("what an operator changed").isEqualTo(5);
		});
	}

	@Test
	void customizersCountForWhatHasChanged() {
		this.runner
			.withBean(ExecutorSpecCustomizer.class, () -> (executor, builder) -> builder.timeout(Duration.ofSeconds(1)))
			.run((context) -> {
				this.properties.put("offload.defaults.timeout", "40s");
				this.properties.put("offload.defaults.max-pending", "40");
				change(context, "offload.defaults.timeout");
				assertThat(snapshot(context, "io").limits().timeout()).isEqualTo(Duration.ofSeconds(1));
				assertThat(snapshot(context, "io").maxPending()).isEqualTo(40);
			});
	}

	@Test
	void applicationWithoutSpringCloudOrInAWorkerHasNoRefresh() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("offloadExecutorsRefresh"));
		this.runner.withSystemProperties("offload.worker.socket=/tmp/none")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("offloadExecutorsRefresh"));
	}

	@Test
	void allProblemsOfAChangeAreTold(CapturedOutput output) {
		this.runner.run((context) -> {
			ExecutorRegistry registry = context.getBean(ExecutorRegistry.class);
			registry.require("pdf").operations().change(ExecutorLimits.builder().maxWorkers(1).build());
			this.properties.put("offload.executors.pdf.min-workers", "2");
			this.properties.put("offload.executors.pdf.spare-workers", "2");
			change(context, "offload.executors.pdf.min-workers");
			assertThat(output).contains("offload.executors.pdf.min-workers (", "offload.executors.pdf.spare-workers (");
		});
	}

	private static ExecutorSnapshot snapshot(ApplicationContext context, String executor) {
		return context.getBean(ExecutorRegistry.class).require(executor).snapshot();
	}

	private static void change(ApplicationContext context, String key) {
		context.publishEvent(new EnvironmentChangeEvent(context, Set.of(key)));
	}

	/**
	 * Makes executors whose limits cannot be changed after all.
	 */
	static final class Unchangeable implements ExecutorFactory {

		@Override
		public String type() {
			return "unchangeable";
		}

		@Override
		public OffloadExecutor create(ExecutorSpec spec) {
			OffloadExecutor inline = new InlineExecutorFactory().create(spec);
			return (OffloadExecutor) Proxy.newProxyInstance(OffloadExecutor.class.getClassLoader(),
					new Class<?>[] { OffloadExecutor.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("operations")) {
							throw new IllegalStateException("It stays as it is");
						}
						try {
							return method.invoke(inline, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getTargetException();
						}
					});
		}

	}

}
