package dev.offload.advised;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.validation.ConstraintViolationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import reactor.core.publisher.Signal;

import dev.offload.ExecutorRegistry;
import dev.offload.TaskHandle;
import dev.offload.TaskStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for annotated methods on a real worker: what advice runs where.
 */
class AdvisedServiceIntegrationTests {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static ConfigurableApplicationContext context;

	private static AdvisedService service;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(AdvisedApplication.class).web(WebApplicationType.NONE)
			.properties("offload.executors.pdf.max-workers=1", "offload.executors.pdf.kill-grace=20s",
					"offload.executors.pdf.worker.heap=64MB", "spring.jmx.enabled=false",
					"offload.propagation.locale=true", "offload.propagation.authentication=true")
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
	void kotlinSuspendFunctionAndFlowRunInTheWorker() {
		SuspendingCaller caller = context.getBean(SuspendingCaller.class);
		assertThat(caller.turn(new Page(1, null))).isEqualTo(new Page(2, "by " + service.pid("invoice")));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> caller.fail("no such page"))
			.withMessage("no such page");
		assertThat(caller.failAnswered("four")).isEqualTo(4);
		assertThat(caller.pages(2)).containsExactly(new Page(1, null), new Page(2, null));
		assertThat(caller.endlessPages(2)).containsExactly(new Page(1, null), new Page(2, null));
	}

	@Test
	void kotlinCoroutineThatIsCancelledCancelsItsTask(@TempDir Path directory) {
		long before = completed(TaskStatus.CANCELLED);
		long pid = service.pid("invoice");
		context.getBean(SuspendingCaller.class).cancel(directory.resolve("running").toString());
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(completed(TaskStatus.CANCELLED)).isEqualTo(before + 1));
		assertThat(service.pid("invoice")).isEqualTo(pid);
	}

	private static long completed(TaskStatus status) {
		return context.getBean(ExecutorRegistry.class).require("pdf").snapshot().completed().getOrDefault(status, 0L);
	}

	@Test
	void handleOfTheMethodIsThatOfItsTask() throws Exception {
		TaskHandle<Long> handle = service.pidByHandle();
		assertThat(handle.id()).startsWith("pdf-");
		assertThat(handle.future().get(60, TimeUnit.SECONDS)).isEqualTo(service.pid("invoice"));
	}

	@Test
	void whatIsSubscribedToIsMadeInTheWorker() {
		assertThat(service.page(3).block(BOUND)).isEqualTo("page 3 by " + service.pid("invoice"));
		assertThat(service.numbers(3).collectList().block(BOUND)).containsExactly(0, 1, 2);
	}

	@Test
	void fluxOfMoreThanTheWorkerCouldHoldComesOneByOne() {
		assertThat(service.pages(1600, 100_000).map((page) -> (long) page.length).reduce(Long::sum).block(BOUND))
			.isEqualTo(160_000_000);
	}

	@Test
	void whoeverTakesNoMoreItemsEndsTheTaskInTheWorker(@TempDir Path directory) {
		long pid = service.pid("invoice");
		long before = completed(TaskStatus.CANCELLED);
		Path flux = directory.resolve("flux");
		assertThat(service.endless(flux.toString()).take(3).collectList().block(BOUND)).containsExactly(0, 1, 2);
		awaitFile(flux);
		Path stream = directory.resolve("stream");
		try (Stream<Integer> numbers = service.endlessStream(stream.toString())) {
			assertThat(numbers.limit(3).toList()).containsExactly(0, 1, 2);
			assertThat(stream).doesNotExist();
		}
		awaitFile(stream);
		assertThat(service.pid("invoice")).isEqualTo(pid);
		assertThat(completed(TaskStatus.CANCELLED)).isEqualTo(before + 2);
	}

	private static void awaitFile(Path file) {
		Awaitility.await().atMost(BOUND).pollInterval(Duration.ofMillis(5)).until(() -> Files.exists(file));
	}

	@Test
	void failureOfAFluxComesAfterItsItems() {
		List<Signal<Integer>> signals = service.failing(3).materialize().collectList().block(BOUND);
		assertThat(signals).isNotNull().hasSize(4);
		assertThat(signals.subList(0, 3)).extracting(Signal::get).containsExactly(0, 1, 2);
		assertThat(signals.get(3).getThrowable()).isInstanceOf(IOException.class).hasMessage("no page 3");
	}

	@Test
	void localeAndAuthenticationTravelAndAreTakenBack() {
		LocaleContextHolder.setLocale(Locale.ITALY);
		SecurityContextHolder.getContext()
			.setAuthentication(UsernamePasswordAuthenticationToken.authenticated("ada", "secret",
					AuthorityUtils.createAuthorityList("ROLE_USER")));
		try {
			assertThat(service.callerOf()).isEqualTo("it_IT ada[ROLE_USER]");
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
			SecurityContextHolder.clearContext();
		}
		assertThat(service.callerOf()).isEqualTo("no locale nobody");
	}

	@Test
	void checkedExceptionArrivesAsItself() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> service.fail()).withMessage("no such invoice");
	}

}
