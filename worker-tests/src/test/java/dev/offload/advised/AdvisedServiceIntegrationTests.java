package dev.offload.advised;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.validation.ConstraintViolationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.offload.ExecutorRegistry;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.validation.InvalidOffloadMethodException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

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
	void retryOfACrashedTaskRunsOnAnotherWorker(@TempDir Path directory) throws Exception {
		long before = service.pid("invoice");
		assertThat(service.crashOnce(directory.resolve("crashed").toString())).isNotEqualTo(before);
	}

	@Test
	void fallbackOfACrashedTaskRunsInTheService() {
		assertThat(service.crash(7)).isEqualTo(ProcessHandle.current().pid() + " after 7");
	}

	@Test
	void optionalResultArrives() {
		assertThat(service.lines("a\nb")).contains(List.of("a", "b"));
		assertThat(service.lines("")).isEmpty();
	}

	@Test
	void kotlinDataClassesAndDefaultArgumentsTravel() {
		Page page = context.getBean(KotlinService.class).turn(new Page(1, "Invoice"), 2);
		assertThat(page).isEqualTo(new Page(3, "Invoice"));
		assertThat(context.getBean(KotlinCaller.class).turn(new Page(1, null))).isEqualTo(new Page(2, null));
	}

	@Test
	@SuppressWarnings("NullAway")
	void kotlinParameterThatIsNotNullRefusesNullInTheWorker() {
		assertThatNullPointerException().isThrownBy(() -> context.getBean(KotlinService.class).length(null))
			.withMessageContaining("parameter text");
	}

	@Test
	void kotlinSuspendFunctionIsRefusedAtTheStart() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class))
			.withPropertyValues("offload.executors.pdf.max-workers=1")
			.withBean(SuspendingService.class)
			.run((started) -> assertThat(started).getFailure()
				.isInstanceOf(InvalidOffloadMethodException.class)
				.hasMessageContaining("is a suspend function"));
	}

	@Test
	void checkedExceptionArrivesAsItself() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> service.fail()).withMessage("no such invoice");
	}

}
