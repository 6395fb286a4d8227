package dev.offload.advised;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import jakarta.validation.ConstraintViolationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.offload.ExecutorRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for annotated methods on a real worker: what advice runs where.
 */
class AdvisedServiceIntegrationTests {

	private static ConfigurableApplicationContext context;

	private static AdvisedService service;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(AdvisedApplication.class).web(WebApplicationType.NONE)
			.properties("offload.executors.pdf.max-workers=1", "spring.jmx.enabled=false")
			.run();
		service = context.getBean(AdvisedService.class);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void methodWhenCalledRunsOnTheBeanOfAWorker() {
		long pid = service.pid("invoice");
		assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
		assertThat(context.getBean(ExecutorRegistry.class).require("pdf").snapshot().workers()).singleElement()
			.satisfies((worker) -> assertThat(worker.pid()).isEqualTo(pid));
	}

	@Test
	void transactionIsInTheWorkerAndNotInTheService() {
		assertThat(service.isInTransaction()).isTrue();
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
	}

	@Test
	void validationIsInTheServiceBeforeAnythingIsSent() {
		long before = context.getBean(ExecutorRegistry.class).require("pdf").snapshot().submitted();
		assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> service.pid(" "));
		assertThat(context.getBean(ExecutorRegistry.class).require("pdf").snapshot().submitted()).isEqualTo(before);
	}

	@Test
	void executorInTheWorkerRunsInline() throws Exception {
		assertThat(service.typeOfInjectedExecutor()).isEqualTo("inline " + service.pid("invoice"));
	}

	@Test
	void futureOfTheMethodIsThatOfItsBody() throws Exception {
		assertThat(service.pidLater().get(60, TimeUnit.SECONDS)).isEqualTo(service.pid("invoice"));
	}

	@Test
	void checkedExceptionArrivesAsItself() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> service.fail()).withMessage("no such invoice");
	}

}
