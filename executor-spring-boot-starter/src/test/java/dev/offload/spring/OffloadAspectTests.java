package dev.offload.spring;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSnapshot;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.TaskTimeoutException;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the calls of annotated methods, in executors of this JVM.
 */
class OffloadAspectTests {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread", "offload.executors.pool.max-workers=2",
				"offload.executors.narrow.type=thread", "offload.executors.narrow.max-workers=1",
				"offload.executors.narrow.max-pending=1", "offload.executors.copying.type=inline",
				"offload.executors.one.type=thread", "offload.executors.one.max-workers=1");

	@Test
	void callRunsInTheExecutorAndWaitsForTheResult() {
		with(Service.class, (service) -> {
			assertThat(service.threadName()).startsWith("pool");
			assertThat(service.add(2, 3)).isEqualTo(5);
			assertThat(Thread.currentThread().getName()).doesNotStartWith("pool");
		});
	}

	@Test
	void callWhenTheMethodReturnsNothingWaits() {
		with(Service.class, (service) -> {
			service.remember("done");
			assertThat(service.remembered()).isEqualTo("done");
		});
	}

	@Test
	void callTakesNullAndVariableArguments() {
		with(Service.class, (service) -> {
			assertThat(service.join(null, "a", "b")).isEqualTo("null[a, b]");
			assertThat(service.join("x")).isEqualTo("x[]");
		});
	}

	@Test
	void callOfAMethodWithoutAnnotationStaysWhereItIs() {
		with(Service.class,
				(service) -> assertThat(service.plainThreadName()).isEqualTo(Thread.currentThread().getName()));
	}

	@Test
	void callOnThisStaysWhereItIs() {
		with(Service.class, (service) -> assertThat(service.callsItself()).isEqualTo(Thread.currentThread().getName()));
	}

	@Test
	void callWhenTheMethodReturnsAFutureDoesNotWait() {
		with(Service.class, (service) -> {
			CountDownLatch go = new CountDownLatch(1);
			CompletableFuture<String> future = service.later(go);
			assertThat(future).isNotDone();
			go.countDown();
			assertThat(future).succeedsWithin(BOUND).asString().startsWith("pool");
		});
	}

	@Test
	void callWhenTheMethodReturnsAStageOrAPlainFutureDoesNotWait() {
		with(Service.class, (service) -> {
			assertThat(service.stage()).succeedsWithin(BOUND).isEqualTo("stage");
			assertThat(service.plainFuture()).succeedsWithin(BOUND).isEqualTo("future");
		});
	}

	@Test
	void callWhenTheFutureFailsHasItsException() {
		with(Service.class,
				(service) -> assertThat(service.failsLater()).failsWithin(BOUND)
					.withThrowableThat()
					.withCauseInstanceOf(IOException.class));
	}

	@Test
	void callWhenThereIsNoRoomFails() {
		with(Service.class, (service) -> {
			CountDownLatch go = new CountDownLatch(1);
			CompletableFuture<String> first = service.narrow(go);
			CompletableFuture<String> second = service.narrow(go);
			assertThat(second).failsWithin(BOUND)
				.withThrowableThat()
				.withCauseInstanceOf(ExecutorOverloadException.class);
			assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(service::narrowNow);
			go.countDown();
			assertThat(first).succeedsWithin(BOUND);
		});
	}

	@Test
	void callWhenAnArgumentCannotBeSentFails() {
		with(Service.class, (service) -> {
			List<Object> arguments = List.of(new Object());
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> service.copy(arguments));
			assertThat(service.copyLater(arguments)).failsWithin(BOUND)
				.withThrowableThat()
				.withCauseInstanceOf(PayloadException.class);
		});
	}

	@Test
	void callWhenEncodedWorksOnCopies() {
		with(Service.class, (service) -> {
			String[] argument = { "a" };
			assertThat(service.change(argument)).containsExactly("changed");
			assertThat(argument).containsExactly("a");
		});
	}

	@Test
	void callWhenTheExecutorIsClosedFails() {
		this.runner.withUserConfiguration(Beans.class).run((context) -> {
			Service service = context.getBean(Service.class);
			context.getBean(ExecutorRegistry.class).require("pool").close();
			assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(service::threadName);
			assertThat(service.later(new CountDownLatch(0))).failsWithin(BOUND)
				.withThrowableThat()
				.withCauseInstanceOf(ExecutorClosedException.class);
		});
	}

	@Test
	void callHeedsTheTimeoutOfTheAnnotation() {
		with(Service.class,
				(service) -> assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(service::tooLong)
					.satisfies((failure) -> assertThat(failure.limit()).isEqualTo(Duration.ofMillis(50))));
	}

	@Test
	void callWhenTheMethodThrowsHasItsException() {
		with(Service.class, (service) -> {
			assertThatIllegalStateException().isThrownBy(service::failsUnchecked).withMessage("unchecked");
			assertThatExceptionOfType(IOException.class).isThrownBy(service::failsChecked).withMessage("checked");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(service::failsWithError).withMessage("error");
		});
	}

	@Test
	void callWhenTheMethodThrowsWhatItDoesNotDeclareHasItAsCause() {
		with(Service.class,
				(service) -> assertThatExceptionOfType(OffloadException.class).isThrownBy(service::failsSneakily)
					.isNotInstanceOf(UndeclaredThrowableException.class)
					.withMessageContainingAll("Service.failsSneakily", "pool", "does not declare")
					.withCauseInstanceOf(IOException.class));
	}

	@Test
	void callThroughGenericInterfaceBridgeAndDefaultMethodRunsInTheExecutor() {
		this.runner.withUserConfiguration(Beans.class).run((context) -> {
			@SuppressWarnings("unchecked")
			Renderer<String, String> renderer = context.getBean(Renderer.class);
			assertThat(renderer.render("x")).isEqualTo("x on pool");
			assertThat(renderer.preset()).isEqualTo("preset on pool");
			assertThat(context.getBean(TextRenderer.class).render("y")).isEqualTo("y on pool");
			assertThat(context.getBean(TextRenderer.class).inherited()).isEqualTo("inherited on pool");
		});
	}

	@Test
	void callOfAnOverloadedMethodRunsTheRightOne() {
		with(Service.class, (service) -> {
			assertThat(service.overloaded(1)).isEqualTo("int on pool");
			assertThat(service.overloaded(1L)).isEqualTo("long on main");
		});
	}

	@Test
	void callOnAJdkProxyRunsInTheExecutor() {
		this.runner.withUserConfiguration(JdkProxies.class).run((context) -> {
			Renderer<?, ?> renderer = context.getBean(Renderer.class);
			assertThat(AopUtils.isJdkDynamicProxy(renderer)).isTrue();
			assertThat(renderer.preset()).isEqualTo("preset on pool");
			RecordingAdvice advice = context.getBean(RecordingAdvice.class);
			assertThat(advice.threads).containsExactly("main");
		});
	}

	@Test
	void callOnAPrototypeRunsOnThatInstance() {
		this.runner.withUserConfiguration(Beans.class).run((context) -> {
			Counter one = context.getBean(Counter.class);
			Counter other = context.getBean(Counter.class);
			one.increment();
			assertThat(one.increment()).isEqualTo(2);
			assertThat(other.increment()).isOne();
		});
	}

	@Test
	void callOnABeanThatAFactoryMadeRunsInTheExecutor() {
		this.runner.withUserConfiguration(FactoryMade.class).run((context) -> {
			assertThat(context.getBean(Made.class).where()).isEqualTo("pool");
			assertThat(context.getBean(MadeFactory.class).getObject().where()).isEqualTo("main");
		});
	}

	@Test
	void callWhenTheResultIsAnOptionalHasIt() {
		with(Service.class, (service) -> {
			assertThat(service.maybe("x")).contains("x");
			assertThat(service.maybe(null)).isEmpty();
			assertThat(service.maybeLater("x")).succeedsWithin(BOUND).isEqualTo(Optional.of("x"));
		});
	}

	@Test
	void callPassesThePriorityOn() {
		with(Service.class, (service) -> {
			CountDownLatch go = new CountDownLatch(1);
			List<String> order = new CopyOnWriteArrayList<>();
			CompletableFuture<String> first = service.ordered("first", order, go);
			CompletableFuture<String> second = service.ordered("second", order, go);
			CompletableFuture<String> urgent = service.urgent("urgent", order);
			go.countDown();
			assertThat(CompletableFuture.allOf(first, second, urgent)).succeedsWithin(BOUND);
			assertThat(order).containsExactly("first", "urgent", "second");
		});
	}

	@Test
	void callInAWorkerRunsDirectly() {
		this.runner.withUserConfiguration(Beans.class)
			.withSystemProperties("offload.worker.socket=/tmp/none")
			.run((context) -> {
				assertThat(context.getBean(Service.class).threadName()).isEqualTo("main");
				assertThat(context.getBean(ExecutorRegistry.class).require("pool").snapshot().submitted()).isZero();
				assertThat(OffloadBeanPostProcessor.isOffloaded(context.getBean(Service.class))).isTrue();
			});
	}

	@Test
	void callWhenDisabledRunsDirectly() {
		this.runner.withUserConfiguration(Beans.class)
			.withPropertyValues("offload.enabled=false")
			.run((context) -> assertThat(context.getBean(Service.class).threadName()).isEqualTo("main"));
	}

	@Test
	void callIsCounted() {
		this.runner.withUserConfiguration(Beans.class).run((context) -> {
			context.getBean(Service.class).add(1, 2);
			assertThat(snapshot(context).submitted()).isOne();
		});
	}

	private static ExecutorSnapshot snapshot(AssertableApplicationContext context) {
		return context.getBean(ExecutorRegistry.class).require("pool").snapshot();
	}

	private <B> void with(Class<B> type, Consumer<B> calls) {
		this.runner.withUserConfiguration(Beans.class).run((context) -> {
			assertThat(context).hasNotFailed();
			calls.accept(context.getBean(type));
		});
	}

	static String where() {
		String name = Thread.currentThread().getName();
		return name.startsWith("pool") ? "pool" : name;
	}

	@Configuration(proxyBeanMethods = false)
	public static class Beans {

		@Bean
		Service service() {
			return new Service();
		}

		@Bean
		TextRenderer renderer() {
			return new TextRenderer();
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Counter counter() {
			return new Counter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class JdkProxies {

		@Bean
		static RecordingAdvice advice() {
			return new RecordingAdvice(Renderer.class);
		}

		@Bean
		OnlyInterface renderer() {
			return new OnlyInterface();
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class FactoryMade {

		@Bean
		MadeFactory made() {
			return new MadeFactory();
		}

	}

	public static class MadeFactory implements FactoryBean<Made> {

		@Override
		public Made getObject() {
			return new Made();
		}

		@Override
		public Class<?> getObjectType() {
			return Made.class;
		}

	}

	public static class Made {

		@OffloadTo("pool")
		public String where() {
			return OffloadAspectTests.where();
		}

	}

	public static class Service {

		private volatile @Nullable String remembered;

		@OffloadTo("pool")
		public String threadName() {
			return Thread.currentThread().getName();
		}

		public String plainThreadName() {
			return Thread.currentThread().getName();
		}

		public String callsItself() {
			return threadName();
		}

		@OffloadTo("pool")
		public int add(int a, int b) {
			return a + b;
		}

		@OffloadTo("pool")
		public void remember(String value) {
			this.remembered = value;
		}

		public @Nullable String remembered() {
			return this.remembered;
		}

		@OffloadTo("pool")
		protected String join(@Nullable String first, String... more) {
			return first + Arrays.toString(more);
		}

		@OffloadTo("pool")
		public CompletableFuture<String> later(CountDownLatch go) {
			await(go);
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		@OffloadTo("pool")
		public CompletionStage<String> stage() {
			return CompletableFuture.completedStage("stage");
		}

		@OffloadTo("pool")
		public Future<String> plainFuture() {
			return CompletableFuture.completedFuture("future");
		}

		@OffloadTo("pool")
		public CompletableFuture<String> failsLater() {
			return CompletableFuture.failedFuture(new IOException("later"));
		}

		@OffloadTo("narrow")
		public CompletableFuture<String> narrow(CountDownLatch go) {
			await(go);
			return CompletableFuture.completedFuture("narrow");
		}

		@OffloadTo("narrow")
		public void narrowNow() {
		}

		@OffloadTo("copying")
		public int copy(List<Object> values) {
			return values.size();
		}

		@OffloadTo("copying")
		public CompletableFuture<Integer> copyLater(List<Object> values) {
			return CompletableFuture.completedFuture(values.size());
		}

		@OffloadTo("copying")
		public String[] change(String[] values) {
			values[0] = "changed";
			return values;
		}

		@OffloadTo(value = "pool", timeout = "50ms")
		public void tooLong() throws InterruptedException {
			new CountDownLatch(1).await(BOUND.toSeconds(), TimeUnit.SECONDS);
		}

		@OffloadTo("copying")
		public Optional<String> maybe(@Nullable String value) {
			return Optional.ofNullable(value);
		}

		@OffloadTo("copying")
		public CompletableFuture<Optional<String>> maybeLater(@Nullable String value) {
			return CompletableFuture.completedFuture(Optional.ofNullable(value));
		}

		@OffloadTo("one")
		public CompletableFuture<String> ordered(String name, List<String> order, CountDownLatch go) {
			await(go);
			order.add(name);
			return CompletableFuture.completedFuture(name);
		}

		@OffloadTo(value = "one", priority = "-1")
		public CompletableFuture<String> urgent(String name, List<String> order) {
			order.add(name);
			return CompletableFuture.completedFuture(name);
		}

		@OffloadTo("pool")
		public void failsUnchecked() {
			throw new IllegalStateException("unchecked");
		}

		@OffloadTo("pool")
		public void failsChecked() throws IOException {
			throw new IOException("checked");
		}

		@OffloadTo("pool")
		public void failsWithError() {
			throw new AssertionError("error");
		}

		@OffloadTo("pool")
		public void failsSneakily() {
			sneak(new IOException("sneaky"));
		}

		@OffloadTo("pool")
		public String overloaded(int value) {
			return "int on " + where();
		}

		public String overloaded(long value) {
			return "long on " + where();
		}

		@SuppressWarnings("unchecked")
		private static <E extends Throwable> void sneak(Throwable failure) throws E {
			throw (E) failure;
		}

		private static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	interface Renderer<I, O> {

		@OffloadTo("pool")
		O render(I input);

		@OffloadTo("pool")
		default String preset() {
			return "preset on " + where();
		}

	}

	public abstract static class AbstractRenderer<T> implements Renderer<T, T> {

		@OffloadTo("pool")
		public String inherited() {
			return "inherited on " + where();
		}

	}

	public static class TextRenderer extends AbstractRenderer<String> {

		@Override
		public String render(String input) {
			return input + " on " + where();
		}

	}

	public static class OnlyInterface implements Renderer<String, String> {

		@Override
		public String render(String input) {
			return input;
		}

	}

	public static class Counter {

		private int count;

		@OffloadTo("pool")
		public int increment() {
			return ++this.count;
		}

	}

}
