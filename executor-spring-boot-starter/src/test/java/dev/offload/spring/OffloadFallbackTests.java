package dev.offload.spring;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.aopalliance.intercept.MethodInvocation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.TaskTimeoutException;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for methods that answer for those whose calls have failed.
 */
class OffloadFallbackTests {

	private static final Duration BOUND = Duration.ofSeconds(10);

	// What cannot be sent is a failure that needs no time.
	private static final List<Object> UNSENDABLE = List.of(new Object());

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread", "offload.executors.copying.type=inline",
				"offload.executors.full.type=thread", "offload.executors.full.max-pending=1",
				"offload.executors.full.overload=wait", "offload.executors.full.overload-wait=10s")
		.withUserConfiguration(Beans.class);

	@Test
	void failureOfTheExecutorIsAnsweredOnTheCallersThread() {
		with(Service.class, (service) -> {
			assertThat(service.count(UNSENDABLE)).isEqualTo("none on " + Thread.currentThread().getName());
			assertThat(service.count(List.of("a"))).isEqualTo("1");
			service.nothing(UNSENDABLE);
			assertThat(service.answered()).isTrue();
		});
	}

	@Test
	void failureOfTheMethodIsAnsweredWhereItsTypeIsTaken() {
		this.runner.run((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(service.fail("missing")).isEqualTo("file missing");
			assertThat(service.fail("broken")).isEqualTo("io broken");
			assertThat(service.last("long")).startsWith("offload PT0.05S");
			assertThatIllegalStateException().isThrownBy(() -> service.fail("other")).withMessage("other");
			assertThatIllegalStateException().isThrownBy(service::failsUnanswered).withMessage("unanswered");
		});
	}

	@Test
	void failureThatIsNotDeclaredIsAnsweredAsItself() {
		with(Service.class, (service) -> {
			assertThat(service.failsSneakily(true)).isEqualTo("io sneaky");
			assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> service.failsSneakilyUnanswered(true))
				.withMessageContaining("does not declare");
		});
	}

	@Test
	void interruptedCallerHasNoAnswer() {
		with(Service.class, (service) -> {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> service.slow());
			assertThat(Thread.interrupted()).isTrue();
		});
	}

	@Test
	void callerThatIsInterruptedWhileItWaitsForRoomHasNoAnswer() {
		this.runner.run((context) -> {
			CountDownLatch end = new CountDownLatch(1);
			OffloadExecutor full = context.getBean(ExecutorRegistry.class).require("full");
			CompletableFuture<Boolean> running = full.submit(() -> end.await(BOUND.toSeconds(), TimeUnit.SECONDS))
				.future();
			Service service = context.getBean(Service.class);
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> service.waitsForRoom());
			assertThat(Thread.interrupted()).isTrue();
			end.countDown();
			assertThat(running).succeedsWithin(BOUND).isEqualTo(true);
		});
	}

	@Test
	void whatIsThrownInThePlaceOfAFutureHasNoAnswer() {
		this.runner.withBean(RecordingAdvice.class, () -> new RecordingAdvice(Service.class) {

			@Override
			public Object invoke(MethodInvocation invocation) throws Throwable {
				super.invoke(invocation);
				throw new UnsupportedOperationException("aspect");
			}

		})
			.run((context) -> assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> context.getBean(Service.class).always())
				.withMessage("aspect"));
	}

	@Test
	void failureOfAFutureIsAnsweredByAValueOrAStage() {
		with(Service.class, (service) -> {
			assertThat(service.later(UNSENDABLE)).succeedsWithin(BOUND).isEqualTo(-1);
			assertThat(service.later(List.of("a"))).succeedsWithin(BOUND).isEqualTo(1);
			assertThat(service.stage(false)).succeedsWithin(BOUND).isEqualTo("stage for broken");
			assertThat(service.stage(true)).failsWithin(BOUND)
				.withThrowableThat()
				.havingCause()
				.withMessage("stage")
				.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(IOException.class));
		});
	}

	@Test
	void cancellingTheAnswerCancelsTheTask() {
		with(Service.class, (service) -> {
			CompletableFuture<String> answer = service.waits();
			Awaitility.await().atMost(BOUND).until(() -> service.entered().getCount() == 0);
			assertThat(answer.cancel(true)).isTrue();
			assertThat(awaits(service.interrupted())).isTrue();
			assertThat(answer).isCancelled();
		});
	}

	@Test
	void failureOfTheFallbackKeepsTheFirstOne() {
		with(Service.class, (service) -> assertThatIllegalStateException()
			.isThrownBy(() -> service.failsTwice(UNSENDABLE))
			.withMessage("fallback")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(PayloadException.class)));
	}

	@Test
	void fallbackIsCalledOnTheBeanItself() {
		with(Stored.class, (stored) -> {
			assertThat(AopUtils.isJdkDynamicProxy(stored)).isTrue();
			assertThat(stored.store(UNSENDABLE)).isEqualTo("private");
		});
		this.runner.run((context) -> {
			Counter one = context.getBean(Counter.class);
			Counter other = context.getBean(Counter.class);
			one.count(UNSENDABLE);
			assertThat(one.count(UNSENDABLE)).isEqualTo(2);
			assertThat(other.count(UNSENDABLE)).isOne();
		});
	}

	@Test
	void fallbackOfAClassAnswersForItsMethodsButNotForItself() {
		with(OfClass.class, (service) -> {
			assertThat(service.count(UNSENDABLE)).isZero();
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> service.none(UNSENDABLE));
		});
	}

	private <B> void with(Class<B> type, Consumer<B> calls) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			calls.accept(context.getBean(type));
		});
	}

	private static boolean awaits(CountDownLatch latch) {
		try {
			return latch.await(BOUND.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	public static class Beans {

		@Bean
		Service service() {
			return new Service();
		}

		@Bean
		Store store() {
			return new Store();
		}

		@Bean
		OfClass ofClass() {
			return new OfClass();
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Counter counter() {
			return new Counter();
		}

		@Bean
		static RecordingAdvice advice() {
			return new RecordingAdvice(Stored.class);
		}

	}

	public static class Service {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch interrupted = new CountDownLatch(1);

		private volatile boolean answered;

		@OffloadTo(value = "copying", fallback = "none")
		public String count(List<Object> values) {
			return Integer.toString(values.size());
		}

		protected String none(List<Object> values) {
			return "none on " + Thread.currentThread().getName();
		}

		@OffloadTo(value = "copying", fallback = "noted")
		public void nothing(List<Object> values) {
		}

		void noted(List<Object> values, PayloadException failure) {
			this.answered = true;
		}

		boolean answered() {
			return this.answered;
		}

		@OffloadTo(value = "pool", timeout = "50ms", fallback = "failed")
		public String last(String how) throws InterruptedException {
			new CountDownLatch(1).await(BOUND.toSeconds(), TimeUnit.SECONDS);
			return how;
		}

		@OffloadTo(value = "pool", fallback = "failed")
		public String fail(String how) throws Exception {
			switch (how) {
				case "missing" -> throw new FileNotFoundException(how);
				case "broken" -> throw new IOException(how);
				default -> throw new IllegalStateException(how);
			}
		}

		String failed(String how, IOException failure) {
			return "io " + failure.getMessage();
		}

		String failed(String how, FileNotFoundException failure) {
			return "file " + failure.getMessage();
		}

		String failed(String how, TaskTimeoutException failure) {
			return "offload " + failure.limit();
		}

		String failed(String how) {
			return "never";
		}

		@OffloadTo(value = "pool", fallback = "unanswered")
		public String failsUnanswered() {
			throw new IllegalStateException("unanswered");
		}

		String unanswered() {
			return "never";
		}

		@OffloadTo(value = "pool", fallback = "caught")
		public String failsSneakily(boolean sneaky) {
			sneak(new IOException("sneaky"));
			return "";
		}

		String caught(boolean sneaky, IOException failure) {
			return "io " + failure.getMessage();
		}

		@OffloadTo(value = "pool", fallback = "uncaught")
		public String failsSneakilyUnanswered(boolean sneaky) {
			sneak(new IOException("sneaky"));
			return "";
		}

		String uncaught(boolean sneaky) {
			return "never";
		}

		@OffloadTo(value = "pool", fallback = "instead")
		public String slow() throws InterruptedException {
			new CountDownLatch(1).await(BOUND.toSeconds(), TimeUnit.SECONDS);
			return "slow";
		}

		String instead(Throwable failure) {
			return "never";
		}

		@OffloadTo(value = "copying", fallback = "minusOne")
		public CompletableFuture<Integer> later(List<Object> values) {
			return CompletableFuture.completedFuture(values.size());
		}

		int minusOne(List<Object> values) {
			return -1;
		}

		@OffloadTo(value = "pool", fallback = "otherStage")
		public CompletionStage<String> stage(boolean failsToo) {
			return CompletableFuture.failedStage(new IOException("broken"));
		}

		@OffloadTo(value = "pool", fallback = "never")
		public CompletableFuture<String> always() {
			return CompletableFuture.completedFuture("always");
		}

		@OffloadTo(value = "full", fallback = "never")
		public String waitsForRoom() {
			return "ran";
		}

		CompletionStage<String> otherStage(boolean failsToo, Exception failure) {
			return failsToo ? CompletableFuture.failedStage(new IllegalStateException("stage"))
					: CompletableFuture.completedStage("stage for " + failure.getMessage());
		}

		@OffloadTo(value = "pool", fallback = "never")
		public CompletableFuture<String> waits() {
			this.entered.countDown();
			try {
				new CountDownLatch(1).await(BOUND.toSeconds(), TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
			}
			return CompletableFuture.completedFuture("waited");
		}

		String never(Throwable failure) {
			return "never";
		}

		CountDownLatch entered() {
			return this.entered;
		}

		CountDownLatch interrupted() {
			return this.interrupted;
		}

		@OffloadTo(value = "copying", fallback = "failing")
		public String failsTwice(List<Object> values) {
			return "";
		}

		String failing(List<Object> values) {
			throw new IllegalStateException("fallback");
		}

		@SuppressWarnings("unchecked")
		private static <E extends Throwable> void sneak(Throwable failure) throws E {
			throw (E) failure;
		}

	}

	interface Stored {

		@OffloadTo(value = "copying", fallback = "hidden")
		String store(List<Object> values);

	}

	public static class Store implements Stored {

		@Override
		public String store(List<Object> values) {
			return "stored";
		}

		// Found by its name.
		@SuppressWarnings({ "UnusedMethod", "UnusedVariable" })
		private String hidden(List<Object> values) {
			return "private";
		}

	}

	public static class Counter {

		private int count;

		@OffloadTo(value = "copying", fallback = "counted")
		public int count(List<Object> values) {
			return 0;
		}

		int counted(List<Object> values) {
			return ++this.count;
		}

	}

	@OffloadTo(value = "copying", fallback = "none")
	public static class OfClass {

		public int count(List<Object> values) {
			return values.size();
		}

		public int none(List<Object> values) {
			return 0;
		}

	}

}
