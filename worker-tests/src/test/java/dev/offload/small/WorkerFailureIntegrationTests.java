package dev.offload.small;

import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;
import dev.offload.WorkerStartException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What goes wrong in a worker is told in the service, with what to do.
 */
class WorkerFailureIntegrationTests {

	private static ConfigurableApplicationContext service;

	private static Pool pool;

	@BeforeAll
	static void start() {
		service = SpringApplication.run(SmallApplication.class, "--spring.config.name=small");
		pool = new Pool(service, (worker) -> worker);
	}

	@AfterAll
	static void stop() {
		pool.close();
		service.close();
	}

	@Test
	void callWhenTheWorkerHasNoSuchBeanNamesItAndTheProfiles() {
		assertThatThrownBy(() -> pool.call("serviceOnly", Oddities.ServiceOnly.class, "name"))
			.hasMessageContaining("no bean 'serviceOnly' in worker 1 of executor 'small'")
			.hasMessageContaining("[default, offload-worker]")
			.hasMessageContaining("look for a profile or condition");
	}

	@Test
	void callWhenTheBeanIsAnotherInTheWorkerNamesBoth() {
		assertThatThrownBy(() -> pool.call("twoFaced", Oddities.ServiceFace.class, "name"))
			.hasMessageContaining("'twoFaced' is a " + Oddities.WorkerFace.class.getName())
			.hasMessageContaining(Oddities.ServiceFace.class.getName());
	}

	@Test
	void callWhenTheBeanCannotBeCreatedTellsTheRootFirst() {
		assertThatThrownBy(() -> pool.call("unlicensed", Oddities.Unlicensed.class, "name")).message()
			.startsWith("java.lang.IllegalStateException: The licence is for one process: bean 'unlicensed'");
	}

	@Test
	void callWhenTheContextDoesNotStartTellsTheRoot() {
		try (Pool failing = new Pool(service, (worker) -> worker.profiles(List.of("does-not-start")))) {
			assertThatThrownBy(() -> failing.tell("profiles")).isInstanceOf(WorkerStartException.class)
				.hasStackTraceContaining("OffloadException: java.lang.IllegalStateException: The disk is full: the "
						+ "application's context did not start in worker");
		}
	}

	@Test
	void workerOfSourcesKnowsTheirBeansOnly() throws Throwable {
		UnaryOperator<WorkerSpec.Builder> onlyTeller = (worker) -> worker.context(WorkerContext.SOURCES)
			.sources(List.of(Teller.class.getName()));
		try (Pool sources = new Pool(service, onlyTeller)) {
			assertThat(sources.tell("property", "small.rank")).isEqualTo("file");
			assertThatThrownBy(() -> sources.call("counter", Oddities.Counter.class, "count"))
				.hasMessageContaining("no bean 'counter'")
				.hasMessageContaining("missing in worker.sources");
		}
	}

}
