package dev.offload.spring.validation;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Deferred;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;

import dev.offload.OffloadException;
import dev.offload.TaskHandle;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadScope;
import dev.offload.spring.OffloadTo;
import dev.offload.spring.autoconfigure.InvalidOffloadSettingsException;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what stops the start of an application: each bean below is wrong in one way.
 */
@ExtendWith(OutputCaptureExtension.class)
class OffloadValidationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class))
		.withPropertyValues("offload.executors.pdf.type=process", "offload.executors.pool.type=thread",
				"offload.executors.copying.type=inline", "offload.executors.here.type=inline",
				"offload.executors.here.codec-round-trip=false");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Unknown          | names executor 'pfd'                  | did you mean 'pdf'?
					Private          | is private                            | make it public
					Static           | is static                             | make it a method of the bean
					Final            | is final                              | remove final
					PackagePrivate   | is package-private                    | make it public
					FinalClass       | which is final                        | remove final
					Publisher        | returns reactor.core.publisher.Connec | return a Mono or a Flux
					Kotlin           | is a suspend function                 | add them, or make it an ordinary function
					LaterOfKotlin    | returns kotlinx.coroutines.Deferred   | return a Mono or a Flux
					OtherFuture      | returns java.util.concurrent.FutureTask | declare that
					Argument         | parameter 2                           | java.io.FileInputStream is an open resource
					Result           | result                                | java.io.InputStream is an open resource
					FutureResult     | result                                | java.io.OutputStream is an open resource
					InlineArgument   | executor 'copying' can never send     | java.net.Socket
					Duration         | timeout 'soon'                        | not a duration
					Placeholder      | Could not resolve placeholder         | no.such
					OnType           | is final                              | remove final
					Priority         | priority 'high'                       | not a whole number
					NoFallback       | which dev.offload.spring              | did you mean 'instead'? declare one with (String)
					OtherFallback    | none of which takes what              | declare one with (String), and if wanted an exception
					FallbackResult   | and instead(String) returns int, which is no java.lang.String | return that
					FutureFallback   | returns java.lang.String, which is no java.util.concurrent.CompletableFuture<java.lang.Integer>, no value of it | return that
					TwoFallbacks     | of which two answer                   | remove one of them
					Offloaded        | has @OffloadTo itself                 | another bean
					OtherHandle      | returns dev.offload.spring.validation  | an executor can only give a TaskHandle
					HandleResult     | result                                | java.io.OutputStream is an open resource
					HandleFallback   | but its callers do not wait           | remove the fallback
					Submitted        | has mode SUBMIT                       | return a TaskHandle of it
					Numbers          | returns java.util.stream.IntStream    | declare that, of numbers by boxed()
					OpenItems        | result                                | java.io.InputStream is an open resource
					OpenItemsOfFlux  | result                                | java.io.InputStream is an open resource
					StreamFallback   | which is no java.util.stream.Stream   | return that
					CheckedFallback  | throws java.io.IOException            | declare it there
					""")
	void startWhenAMethodIsWrongSaysWhatToDo(String type, String problem, String action) throws Exception {
		Class<?> bean = Class.forName(getClass().getName() + "$" + type);
		startWith(bean, "wrong",
				(problems) -> assertThat(problems).singleElement()
					.asString()
					.contains("bean 'wrong'")
					.contains(problem)
					.contains(action));
	}

	@Test
	void startWhenSeveralMethodsAreWrongNamesThemAll() {
		startWith(Several.class, "several", (problems) -> assertThat(problems).hasSize(3));
	}

	@Test
	void startWhenALazyBeanIsWrongFails() {
		this.runner.withUserConfiguration(LazyBean.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(InvalidOffloadMethodException.class));
	}

	@Test
	void startWhenOnlyTheBeanItselfTellsFails() {
		this.runner.withUserConfiguration(BehindInterface.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(InvalidOffloadMethodException.class)
				.rootCause()
				.hasMessageContaining("is final"));
	}

	@Test
	void startWhenTheProxyHasOnlyInterfacesAndTheMethodIsOnNoneFails() {
		this.runner.withUserConfiguration(InterfaceProxy.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidOffloadMethodException.class)
				.hasMessageContainingAll("is on no interface", "proxy-target-class"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "request", "session" })
	void startWhenABeanHasAScopeOfTheServiceFails(String scope) {
		RootBeanDefinition definition = new RootBeanDefinition(Job2.class);
		definition.setScope(scope);
		this.runner.withInitializer((context) -> {
			context.getBeanFactory().registerScope(scope, new SimpleThreadScope());
			((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition("job", definition);
		})
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidOffloadMethodException.class)
				.hasMessageContainingAll("scope " + scope, "singleton"));
	}

	@Test
	void startWhenAScopedProxyHasAScopeOfTheServiceFails() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerScope("request", new SimpleThreadScope()))
			.withUserConfiguration(RequestScoped.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidOffloadMethodException.class)
				.hasMessageContainingAll("scope request", "singleton", "given what they need"));
	}

	@Test
	void startWhenAFieldOfAFutureResultCannotBeSentNamesItsPath() {
		startWith(FieldOfResult.class, "wrong",
				(problems) -> assertThat(problems).singleElement()
					.asString()
					.contains("has a result that executor 'pdf' can never send",
							"Invoice.lines -> InvoiceLine.product: " + Product.class.getName(),
							"is final and not java.io.Serializable", "let it implement that", "codec: kryo"));
	}

	@Test
	void startWhenACodecNeedsNoSerializationAdmitsWhatIsNotSerializable() {
		this.runner.withBean(PayloadCodec.class, OtherCodec::new)
			.withBean("right", FieldOfResult.class, FieldOfResult::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void startWhenTheCodecIsNotThereFailsWithItsPath() {
		this.runner.withPropertyValues("offload.executors.pdf.codec=krio")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidOffloadSettingsException.class)
				.hasMessageContainingAll("offload.executors.pdf.codec", "must be one of jdk", "but is krio",
						"executor-codec-kryo"));
	}

	@Test
	void startWhenTheNamedCodecIsThatOfTheBeanSucceeds() {
		this.runner.withPropertyValues("offload.executors.pdf.codec=other", "offload.executors.copying.codec=jdk")
			.withBean(PayloadCodec.class, OtherCodec::new)
			.withBean("right", FieldOfResult.class, FieldOfResult::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void startWhenTheCodecOfTheJdkIsNamedBesideABeanRefusesWhatIsNotSerializable() {
		this.runner.withPropertyValues("offload.executors.pdf.codec=jdk")
			.withBean(PayloadCodec.class, OtherCodec::new)
			.withBean("wrong", FieldOfResult.class, FieldOfResult::new)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("is final and not java.io.Serializable"));
	}

	@Test
	void startWhenWorkersCannotMakeTheCodecFails() {
		this.runner.withBean(PayloadCodec.class, () -> new GivenCodec("of the service"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidOffloadSettingsException.class)
				.hasMessageContainingAll("PayloadCodec", "no constructor without parameters"));
	}

	@Test
	void startWhenCallsMayFailOrAreNotOffloadedWarnsOnce(CapturedOutput output) {
		this.runner.withBean("doubtful", Doubtful.class, Doubtful::new).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getOut().split("so only values of a subclass", -1)).hasSize(2);
			assertThat(output.getOut().split("Doubtful.all calls one on its own object", -1)).hasSize(2);
		});
	}

	@Test
	void startWhenItemsMayWaitForEverWarns(CapturedOutput output) {
		this.runner.withPropertyValues("offload.executors.limited.type=thread", "offload.executors.limited.timeout=1m")
			.withBean("endless", Endless.class, Endless::new)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output.getOut().lines().filter((line) -> line.contains("and no timeout"))).hasSize(2)
					.anyMatch((line) -> line.contains("Endless.items()") && line.contains("of executor 'pdf'"))
					.anyMatch((line) -> line.contains("Endless.flux()") && line.contains("of executor 'pool'"));
			});
	}

	@Test
	void startWhenABeanHasNoNameFailsForProcesses() {
		this.runner.withUserConfiguration(InnerBean.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidOffloadMethodException.class)
				.hasMessageContaining("has no definition"));
	}

	@Test
	void startWhenTheExecutorDoesNotSendAdmitsWhatCannotBeSent() {
		this.runner.withBean("right", NotSent.class, NotSent::new).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void startWhenBypassedChecksWhatIsWritten() {
		this.runner.withPropertyValues("offload.bypass=true")
			.withBean("wrong", Argument.class, Argument::new)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(InvalidOffloadMethodException.class));
	}

	@Test
	void startOfAWorkerChecksNothing() {
		this.runner.withSystemProperties("offload.worker.socket=/tmp/none")
			.withBean("wrong", Argument.class, Argument::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void startWhenABeanIsMadeTooEarlyWarns(CapturedOutput output) {
		this.runner.withUserConfiguration(TooEarly.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("Bean 'early' was made too early");
		});
	}

	private void startWith(Class<?> bean, String name, Consumer<List<String>> problems) {
		this.runner
			.withInitializer((context) -> ((BeanDefinitionRegistry) context.getBeanFactory())
				.registerBeanDefinition(name, new RootBeanDefinition(bean)))
			.run((context) -> {
				assertThat(context).getFailure().isInstanceOf(InvalidOffloadMethodException.class);
				problems.accept(((InvalidOffloadMethodException) context.getStartupFailure()).problems());
			});
	}

	public static class Unknown {

		@OffloadTo("pfd")
		public void run() {
		}

	}

	public static class Private {

		@OffloadTo("pdf")
		// Found by its annotation.
		@SuppressWarnings("UnusedMethod")
		private void run() {
		}

	}

	public static class Static {

		@OffloadTo("pdf")
		public static void run() {
		}

	}

	public static class Final {

		@OffloadTo("pdf")
		public final void run() {
		}

	}

	public static class PackagePrivate {

		@OffloadTo("pdf")
		void run() {
		}

	}

	public static final class FinalClass {

		@OffloadTo("pdf")
		public void run() {
		}

	}

	public static class Numbers {

		@OffloadTo("pool")
		public IntStream run() {
			return IntStream.of(1);
		}

	}

	public static class OpenItems {

		@OffloadTo("pdf")
		public Stream<InputStream> run() {
			return Stream.empty();
		}

	}

	public static class OpenItemsOfFlux {

		@OffloadTo("pdf")
		public Flux<InputStream> run() {
			return Flux.empty();
		}

	}

	public static class StreamFallback {

		@OffloadTo(value = "pool", fallback = "instead")
		public Stream<String> run() {
			return Stream.empty();
		}

		Stream<Integer> instead() {
			return Stream.empty();
		}

	}

	public static class Publisher {

		@OffloadTo("pool")
		public ConnectableFlux<String> run() {
			return Flux.just("").publish();
		}

	}

	// For the one who looks at the method it is one of Kotlin.
	@Metadata
	public static class Kotlin {

		@OffloadTo("pool")
		public Object run(String text, Continuation<? super String> continuation) {
			return text;
		}

	}

	public static class LaterOfKotlin {

		@OffloadTo("pool")
		public Deferred<String> run() {
			return CompletableDeferredKt.CompletableDeferred("a");
		}

	}

	public static class OtherFuture {

		@OffloadTo("pool")
		public FutureTask<String> run() {
			return new FutureTask<>(() -> "");
		}

	}

	public static class Argument {

		@OffloadTo("pdf")
		public void run(String name, FileInputStream content) {
		}

	}

	public static class Result {

		@OffloadTo("pdf")
		public List<InputStream> run() {
			return List.of();
		}

	}

	public static class FutureResult {

		@OffloadTo("pdf")
		public CompletableFuture<OutputStream> run() {
			return new CompletableFuture<>();
		}

	}

	public static class InlineArgument {

		@OffloadTo("copying")
		public void run(Socket content) {
		}

	}

	public static class Duration {

		@OffloadTo(value = "pdf", timeout = "soon")
		public void run() {
		}

	}

	public static class Placeholder {

		@OffloadTo("${no.such}")
		public void run() {
		}

	}

	public static class Priority {

		@OffloadTo(value = "pdf", priority = "high")
		public void run() {
		}

	}

	public static class NoFallback {

		@OffloadTo(value = "pool", fallback = "instaed")
		public String run(String text) {
			return text;
		}

		String instead(String text) {
			return text;
		}

	}

	public static class OtherFallback {

		@OffloadTo(value = "pool", fallback = "instead")
		public String run(String text) {
			return text;
		}

		String instead(Object text) {
			return "";
		}

		String instead(String text, String failure) {
			return text;
		}

	}

	public static class FallbackResult {

		@OffloadTo(value = "pool", fallback = "instead")
		public String run(String text) {
			return text;
		}

		int instead(String text) {
			return 0;
		}

	}

	public static class FutureFallback {

		@OffloadTo(value = "pool", fallback = "instead")
		public CompletableFuture<Integer> run() {
			return CompletableFuture.completedFuture(1);
		}

		String instead() {
			return "";
		}

		CompletableFuture<Integer> instead(Exception failure) {
			return CompletableFuture.completedFuture(2);
		}

		Integer instead(Error failure) {
			return 3;
		}

	}

	public static class TwoFallbacks {

		@OffloadTo(value = "pool", fallback = "instead")
		public void run() {
		}

		void instead() {
		}

		void instead(OffloadException failure) {
		}

	}

	public static class Offloaded {

		@OffloadTo(value = "pool", fallback = "instead")
		public void run() {
		}

		@OffloadTo("pdf")
		public void instead() {
		}

	}

	public static class OtherHandle {

		@OffloadTo("pdf")
		public @Nullable Handle<String> run() {
			return null;
		}

		public interface Handle<T> extends TaskHandle<T> {

		}

	}

	public static class HandleResult {

		@OffloadTo("pdf")
		public TaskHandle<OutputStream> run() {
			return TaskHandle.completed(OutputStream.nullOutputStream());
		}

	}

	public static class HandleFallback {

		@OffloadTo(value = "pool", fallback = "instead")
		public TaskHandle<String> run() {
			return instead();
		}

		TaskHandle<String> instead() {
			return TaskHandle.completed("");
		}

	}

	public static class Submitted {

		@OffloadTo(value = "pool", mode = OffloadTo.Mode.SUBMIT)
		public String run() {
			return "";
		}

	}

	public static class CheckedFallback {

		@OffloadTo(value = "pool", fallback = "instead")
		public void run() {
		}

		void instead() throws IOException {
			throw new IOException();
		}

	}

	@OffloadTo("pdf")
	public static class OnType {

		public final void run() {
		}

		public static void shared() {
		}

		// There to be left alone.
		@SuppressWarnings("UnusedMethod")
		private void hidden() {
		}

	}

	public record Product(String name) {

	}

	public record InvoiceLine(int count, Product product) implements Serializable {

	}

	public record Invoice(List<InvoiceLine> lines) implements Serializable {

	}

	public static class FieldOfResult {

		@OffloadTo("pdf")
		public CompletableFuture<Invoice> run() {
			return new CompletableFuture<>();
		}

	}

	static class OtherCodec implements PayloadCodec {

		@Override
		public String name() {
			return "other";
		}

		@Override
		public void encode(@Nullable Object value, OutputStream out) {
		}

		@Override
		public @Nullable Object decode(InputStream in, PayloadScope scope) {
			return null;
		}

	}

	static class GivenCodec extends OtherCodec {

		private final String name;

		GivenCodec(String name) {
			this.name = name;
		}

		@Override
		public String name() {
			return this.name;
		}

	}

	public static class Open {

	}

	public static class Endless {

		@OffloadTo("pdf")
		public Stream<String> items() {
			return Stream.of();
		}

		@OffloadTo("pool")
		public Flux<String> flux() {
			return Flux.just();
		}

		@OffloadTo(value = "pdf", timeout = "10s")
		public Stream<String> limited() {
			return Stream.of();
		}

		@OffloadTo("limited")
		public Stream<String> limitedByItsExecutor() {
			return Stream.of();
		}

		@OffloadTo("copying")
		public Stream<String> inline() {
			return Stream.of();
		}

	}

	public static class Doubtful {

		@OffloadTo("pdf")
		public void one(Open value) {
		}

		public void all() {
			one(new Open());
		}

	}

	public static class Several {

		@OffloadTo("nowhere")
		// Found by its annotation.
		@SuppressWarnings("UnusedMethod")
		private void one() {
		}

		@OffloadTo("pdf")
		public final void two() {
		}

	}

	public static class NotSent {

		@OffloadTo("pool")
		public InputStream thread(InputStream content) {
			return content;
		}

		@OffloadTo("here")
		public InputStream inline(InputStream content) {
			return content;
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class LazyBean {

		@Bean
		@Lazy
		Private lazy() {
			return new Private();
		}

	}

	interface Job {

		void run();

	}

	public static class FinalJob implements Job {

		@Override
		@OffloadTo("pdf")
		public final void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class BehindInterface {

		@Bean
		Job job() {
			return new FinalJob();
		}

	}

	public static class MoreThanItsInterface implements Job {

		@Override
		public void run() {
		}

		@OffloadTo("pdf")
		public void more() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class InterfaceProxy {

		@Bean
		Job job() {
			return new MoreThanItsInterface();
		}

		@Bean
		static BeanPostProcessor proxies() {
			return new AbstractAdvisingBeanPostProcessor() {

				{
					this.advisor = new DefaultPointcutAdvisor((MethodInterceptor) MethodInvocation::proceed);
				}

				@Override
				protected boolean isEligible(Class<?> type) {
					return Job.class.isAssignableFrom(type);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class RequestScoped {

		@Bean
		@Scope(value = "request", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Job2 job() {
			return new Job2();
		}

	}

	public static class Job2 {

		@OffloadTo("pdf")
		public void run() {
		}

	}

	public static class Holder {

		Holder(Job2 job) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class InnerBean implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			registry.registerBeanDefinition("holder",
					BeanDefinitionBuilder.rootBeanDefinition(Holder.class)
						.addConstructorArgValue(new RootBeanDefinition(Job2.class))
						.getBeanDefinition());
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class TooEarly {

		@Bean
		static Job2 early() {
			return new Job2();
		}

		@Bean
		static BeanPostProcessor needsIt(Job2 early) {
			return new BeanPostProcessor() {

			};
		}

	}

}
