package dev.offload.spring.observation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import dev.offload.BatchOptions;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.MdcContextCarrier;
import dev.offload.spi.TaskDescription;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadPropagationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the observations of tasks, with a registry and without.
 */
class OffloadObservationTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Recorder recorder = new Recorder();

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class,
				OffloadPropagationAutoConfiguration.class, OffloadObservationAutoConfiguration.class))
		.withPropertyValues("offload.executors.mail.type=thread", "offload.executors.mail.max-workers=1");

	private ApplicationContextRunner observed() {
		this.registry.observationConfig().observationHandler(this.recorder);
		return this.context.withBean(ObservationRegistry.class, () -> this.registry);
	}

	private static OffloadExecutor executor(ApplicationContext context) {
		return context.getBean(ExecutorRegistry.class).require("mail");
	}

	@Test
	void taskIsObservedFromSubmissionToEndAndContinuedWhereItRuns() {
		this.recorder.trace = "00-1-2-01";
		observed().run((application) -> {
			Observation caller = Observation.start("caller", this.registry);
			caller.scopedChecked(() -> {
				String inTask = executor(application).call(
						() -> this.registry.getCurrentObservation().getContextView().getName(),
						TaskOptions.DEFAULTS.withId("42").withLabel("send"));
				assertThat(inTask).isEqualTo("offload.task.run");
				assertThat(this.registry.getCurrentObservation()).isSameAs(caller);
			});
			caller.stop();
		});
		assertThat(this.recorder.stopped("offload.task")).singleElement().satisfies((task) -> {
			assertThat(task.getParentObservation().getContextView().getName()).isEqualTo("caller");
			assertThat(task.getContextualName()).isEqualTo("offload mail");
			assertThat(low(task)).isEqualTo(Map.of("executor", "mail", "outcome", "succeeded"));
			assertThat(high(task)).isEqualTo(Map.of("task.id", "42", "task.label", "send"));
			assertThat(task.getError()).isNull();
		});
		assertThat(this.recorder.stopped("offload.task.queue")).singleElement()
			.satisfies((queue) -> assertThat(queue.getParentObservation().getContextView().getName())
				.isEqualTo("offload.task"));
		assertThat(this.recorder.stopped("offload.task.run")).singleElement().satisfies((run) -> {
			assertThat(((ReceiverContext<?>) run).getCarrier()).asString().contains("traceparent=00-1-2-01");
			assertThat(low(run)).isEqualTo(Map.of("executor", "mail", "outcome", "succeeded"));
			assertThat(high(run)).containsEntry("task.id", "42")
				.containsEntry("process.pid", Long.toString(ProcessHandle.current().pid()));
		});
	}

	@Test
	void tasksOfABatchAreObservedWithinTheObservationOfItsMaker() {
		observed().run((application) -> {
			Observation caller = Observation.start("caller", this.registry);
			caller.scoped(() -> assertThat(
					executor(application).map(List.of(1, 2, 3, 4, 5), (item) -> item, BatchOptions.chunksOf(1))
						.results())
				.hasSize(5));
			caller.stop();
		});
		assertThat(this.recorder.stopped("offload.task")).hasSize(5)
			.allSatisfy(
					(task) -> assertThat(task.getParentObservation().getContextView().getName()).isEqualTo("caller"));
	}

	@Test
	void futureIsObservedUntilItsTaskEndsWithItsError() {
		observed().run((application) -> {
			OffloadExecutor executor = executor(application);
			assertThat(executor.submit(() -> {
				throw new IllegalStateException("bad");
			}).future()).failsWithin(10, TimeUnit.SECONDS);
			assertThat(this.registry.getCurrentObservation()).isNull();
			assertThat(this.recorder.stopped("offload.task")).singleElement().satisfies((task) -> {
				assertThat(low(task)).containsEntry("outcome", "failed");
				assertThat(task.getError()).isInstanceOf(IllegalStateException.class).hasMessage("bad");
			});
			executor.close();
			assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(() -> executor.submit(() -> 1));
			assertThat(this.recorder.stopped("offload.task")).element(1).satisfies((task) -> {
				assertThat(low(task)).containsEntry("outcome", "rejected");
				assertThat(task.getError()).isInstanceOf(ExecutorClosedException.class);
			});
		});
		assertThat(this.recorder.stopped("offload.task.queue")).hasSize(2);
		assertThat(this.recorder.stopped("offload.task.run")).as("nothing to continue").isEmpty();
		assertThat(this.recorder.running).isEmpty();
	}

	@Test
	void runIsObservedWithTheErrorOfItsTask() {
		this.recorder.trace = "00-1-2-01";
		observed()
			.run((application) -> assertThatIllegalStateException().isThrownBy(() -> executor(application).call(() -> {
				throw new IllegalStateException("bad");
			})));
		assertThat(this.recorder.stopped("offload.task.run")).singleElement().satisfies((run) -> {
			assertThat(low(run)).containsEntry("outcome", "failed");
			assertThat(run.getError()).hasMessage("bad");
		});
	}

	@Test
	void conventionOfTheApplicationIsUsed() {
		observed().withBean(OffloadObservationConvention.class, OwnConvention::new)
			.run((application) -> executor(application).call(() -> 1));
		assertThat(this.recorder.stopped("own.task")).singleElement()
			.satisfies((task) -> assertThat(low(task)).isEqualTo(Map.of("pool", "mail")));
	}

	@Test
	void carriersOfTheApplicationStandBetweenMdcAndObservation() {
		observed().withPropertyValues("offload.propagation.mdc=tenant")
			.withBean("own", ContextCarrier.class, OwnCarrier::new)
			.run((application) -> {
				assertThat(application.getBeanProvider(ContextCarrier.class).orderedStream()).hasExactlyElementsOfTypes(
						MdcContextCarrier.class, OwnCarrier.class, ObservationContextCarrier.class);
				MDC.put("tenant", "acme");
				assertThat(executor(application).<String>call(() -> MDC.get("tenant"))).isEqualTo("acme");
			});
		MDC.clear();
	}

	@Test
	void withoutMicrometerOrARegistryOrWhenSwitchedOffNothingIsObserved() {
		this.context.withClassLoader(new FilteredClassLoader("io.micrometer")).run(this::runsWithoutCarriers);
		this.context.run(this::runsWithoutCarriers);
		observed().withPropertyValues("offload.observation.enabled=false").run(this::runsWithoutCarriers);
		observed().withPropertyValues("offload.enabled=false")
			.run((application) -> assertThat(application).doesNotHaveBean(ContextCarrier.class));
		assertThat(this.recorder.stopped).isEmpty();
	}

	private void runsWithoutCarriers(ApplicationContext application) throws Exception {
		assertThat(application.getBeansOfType(ContextCarrier.class)).isEmpty();
		assertThat(executor(application).<Integer>call(() -> 1)).isEqualTo(1);
	}

	private static Map<String, String> low(Observation.Context context) {
		return texts(context.getLowCardinalityKeyValues());
	}

	private static Map<String, String> high(Observation.Context context) {
		return texts(context.getHighCardinalityKeyValues());
	}

	private static Map<String, String> texts(KeyValues values) {
		Map<String, String> texts = new HashMap<>();
		for (KeyValue value : values) {
			texts.put(value.getKey(), value.getValue());
		}
		return texts;
	}

	/**
	 * Keeps what was observed, and puts a trace on its way as a tracer does.
	 */
	static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<Observation.Context> running = new CopyOnWriteArrayList<>();

		private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

		private @Nullable String trace;

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			this.running.add(context);
			if (this.trace != null && context instanceof OffloadObservationContext task) {
				task.getSetter().set(task.getCarrier(), "traceparent", this.trace);
			}
		}

		@Override
		public void onStop(Observation.Context context) {
			this.running.remove(context);
			this.stopped.add(context);
		}

		List<Observation.Context> stopped(String name) {
			List<Observation.Context> found = new ArrayList<>(this.stopped);
			found.removeIf((context) -> !name.equals(context.getName()));
			return found;
		}

	}

	/**
	 * A convention of an application.
	 */
	static final class OwnConvention implements OffloadObservationConvention {

		@Override
		public String getName() {
			return "own.task";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(OffloadObservationContext context) {
			return KeyValues.of("pool", context.task().executor());
		}

	}

	/**
	 * A carrier of an application.
	 */
	static final class OwnCarrier implements ContextCarrier {

		@Override
		public String name() {
			return "own";
		}

		@Override
		public Carried capture(TaskDescription task) {
			return Carried.NOTHING;
		}

		@Override
		public Scope restore(Map<String, String> entries) {
			return Scope.NONE;
		}

	}

}
