package dev.offload.spring;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for offloaded methods that have the annotations of others too: which of them act
 * before a task is submitted.
 */
@ExtendWith(OutputCaptureExtension.class)
class OffloadAmongOtherAdviceTests {

	private static final String STAYS = "inside of a transaction";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class,
				ValidationAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread", "offload.executors.here.type=inline")
		.withUserConfiguration(Beans.class);

	@AfterEach
	void forgetTheUser() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void accessIsDeniedBeforeATaskIsSubmittedAndHasNoAnswer() {
		this.runner.run((context) -> {
			Service service = context.getBean(Service.class);
			ExecutorRegistry executors = context.getBean(ExecutorRegistry.class);
			user("ROLE_GUEST");
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(service::secret);
			assertThat(executors.require("pool").snapshot().submitted()).isZero();
			user("ROLE_CLERK");
			assertThat(service.secret()).isEqualTo("secret on pool");
		});
	}

	@Test
	void eachRetryIsATaskAndTheFallbackAnswersAfterTheLast() {
		this.runner.run((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(service.retried(2)).isEqualTo("done after 2");
			assertThat(service.runs()).hasValue(3);
			service.runs().set(0);
			assertThat(service.retried(9)).isEqualTo("gave up");
			assertThat(service.runs()).hasValue(3);
			assertThat(context.getBean(ExecutorRegistry.class).require("pool").snapshot().submitted()).isEqualTo(6);
		});
	}

	@Test
	void asyncSubmitsFromItsOwnThread(CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(output).as("beans that listeners need").doesNotContain("made too early");
			assertThat(context.getBean(Service.class).later().join()).isEqualTo("later on pool");
			assertThat(context.getBean(Callers.class).threads).singleElement()
				.asString()
				.isNotEqualTo(Thread.currentThread().getName())
				.doesNotStartWith("pool");
		});
	}

	@Test
	void answerOfAFallbackIsNotCached() {
		this.runner.run((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(service.cached("x", true)).isEqualTo("instead of x");
			assertThat(service.cached("x", false)).isEqualTo("x on pool");
			assertThat(service.cached("x", true)).isEqualTo("x on pool");
		});
	}

	@Test
	void resultIsValidatedInTheServiceAndHasNoAnswer() {
		this.runner.run((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(service.checked("x")).isEqualTo("x");
			assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> service.checked(" "));
			assertThat(context.getBean(ExecutorRegistry.class).require("pool").snapshot().submitted()).isEqualTo(2);
		});
	}

	@Test
	void callInsideOfATransactionWarnsOnceForEachMethod(CapturedOutput output) {
		this.runner.run((context) -> {
			Service service = context.getBean(Service.class);
			TransactionOperations transaction = new TransactionTemplate(context.getBean(RecordingTransactions.class));
			service.plain();
			assertThat(output).doesNotContain(STAYS);
			transaction.executeWithoutResult((status) -> {
				service.plain();
				service.plain();
				service.ofItsOwn();
				service.here();
			});
			assertThat(StringUtils.countOccurrencesOf(output.toString(), STAYS)).isOne();
			assertThat(output).contains("Bean 'service': Service.plain was called", "executor 'pool'",
					"@TransactionalEventListener");
		});
	}

	private static void user(String role) {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("user", "", role));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	@EnableCaching(proxyTargetClass = true)
	@EnableMethodSecurity(proxyTargetClass = true)
	@EnableResilientMethods(proxyTargetClass = true)
	@EnableTransactionManagement(proxyTargetClass = true)
	public static class Beans {

		@Bean
		Service service() {
			return new Service();
		}

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		RecordingTransactions transactions() {
			return new RecordingTransactions();
		}

		// It is made after all post-processors, as it needs a bean that they process.
		@Bean
		Callers callers(Service service) {
			return new Callers();
		}

	}

	public static class Callers implements CallListener {

		private final List<String> threads = new CopyOnWriteArrayList<>();

		@Override
		public void beforeCall(String bean, OffloadMethod method, OffloadExecutor executor) {
			this.threads.add(Thread.currentThread().getName());
		}

	}

	@Validated
	public static class Service {

		private final AtomicInteger runs = new AtomicInteger();

		@OffloadTo(value = "pool", fallback = "anything")
		@PreAuthorize("hasRole('CLERK')")
		public String secret() {
			return "secret on " + OffloadAspectTests.where();
		}

		String anything(Throwable failure) {
			return "anything";
		}

		@OffloadTo(value = "pool", fallback = "gaveUp")
		@Retryable(includes = IllegalStateException.class, maxRetries = 2, delay = 1)
		public String retried(int failures) {
			if (this.runs.getAndIncrement() < failures) {
				throw new IllegalStateException("try again");
			}
			return "done after " + failures;
		}

		AtomicInteger runs() {
			return this.runs;
		}

		String gaveUp(int failures, IllegalStateException failure) {
			return "gave up";
		}

		@OffloadTo("pool")
		@Async
		public CompletableFuture<String> later() {
			return CompletableFuture.completedFuture("later on " + OffloadAspectTests.where());
		}

		@OffloadTo(value = "pool", fallback = "instead")
		@Cacheable(cacheNames = "texts", key = "#text")
		public String cached(String text, boolean fails) {
			if (fails) {
				throw new IllegalStateException(text);
			}
			return text + " on " + OffloadAspectTests.where();
		}

		String instead(String text, boolean fails, IllegalStateException failure) {
			return "instead of " + failure.getMessage();
		}

		@OffloadTo(value = "pool", fallback = "unchecked")
		public @NotBlank String checked(String text) {
			return text;
		}

		String unchecked(String text, Throwable failure) {
			return "unchecked";
		}

		@OffloadTo("pool")
		public void plain() {
		}

		@OffloadTo("pool")
		@Transactional(propagation = Propagation.REQUIRES_NEW)
		public void ofItsOwn() {
		}

		@OffloadTo("here")
		public void here() {
		}

	}

}
