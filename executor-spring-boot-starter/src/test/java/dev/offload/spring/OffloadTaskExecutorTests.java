package dev.offload.spring;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for executors that are task executors of Spring.
 */
class OffloadTaskExecutorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class, OffloadAutoConfiguration.class))
		.withPropertyValues("offload.executors.mail.type=thread", "offload.executors.mail.max-pending=1",
				"offload.executors.far.type=process", "offload.executors.other.type=thread");

	@Test
	void asyncReachesThoseThatCanRunWhatItMakes() {
		this.runner.withPropertyValues("offload.task-executors=mail,far")
			.withUserConfiguration(AsyncConfiguration.class)
			.run((context) -> {
				Sender sender = context.getBean(Sender.class);
				assertThat(sender.onMail().get(20, TimeUnit.SECONDS)).startsWith("mail-task-");
				assertThat(sender.onDefault().get(20, TimeUnit.SECONDS)).startsWith("task-");
				assertThatExceptionOfType(TaskRejectedException.class).isThrownBy(sender::onFar)
					.withMessageContaining("Executor 'far' of type process")
					.withMessageContaining("@OffloadTo(\"far\") instead");
				assertThat(context.getBean(AsyncTaskExecutor.class))
					.isSameAs(context.getBean("applicationTaskExecutor"));
				assertThat(context).hasBean("mailTaskExecutor").doesNotHaveBean("otherTaskExecutor");
				assertIsFullWith(context.getBean("mailTaskExecutor", AsyncTaskExecutor.class));
			});
	}

	private static void assertIsFullWith(AsyncTaskExecutor executor) throws Exception {
		CompletableFuture<Void> held = new CompletableFuture<>();
		CompletableFuture<Void> running = executor.submitCompletable((Runnable) held::join);
		assertThatExceptionOfType(TaskRejectedException.class).isThrownBy(() -> executor.execute(held::join))
			.withMessageContaining("max-pending");
		held.complete(null);
		assertThat(running.get(20, TimeUnit.SECONDS)).isNull();
	}

	@Test
	void taskExecutorsWhenAnExecutorIsNotThereFailTheStart() {
		this.runner.withPropertyValues("offload.task-executors=male")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("offload.task-executors has 'male'")
				.hasMessageContaining("far, mail, other"));
	}

	@Test
	void taskExecutorsWhenTheBeanWouldBeThatOfSpringBootFailTheStart() {
		this.runner
			.withPropertyValues("offload.executors.application.type=thread", "offload.task-executors=application")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("offload.task-executors has 'application'")
				.hasMessageContaining("give the executor another name"));
	}

	@Test
	void asyncRequestsReachThreads() {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, OffloadAutoConfiguration.class))
			.withPropertyValues("offload.executors.mail.type=thread", "offload.task-executors=mail")
			.withUserConfiguration(MvcConfiguration.class)
			.run((context) -> {
				MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
				MvcResult near = mvc.perform(MockMvcRequestBuilders.get("/near")).andReturn();
				assertThat(near.getAsyncResult(20_000)).asString().startsWith("mail-task-");
			});
	}

	/**
	 * A bean with asynchronous methods.
	 */
	static class Sender {

		@Async("mail")
		CompletableFuture<String> onMail() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		@Async("far")
		CompletableFuture<String> onFar() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		@Async
		CompletableFuture<String> onDefault() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class AsyncConfiguration {

		@Bean
		Sender sender() {
			return new Sender();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	static class MvcConfiguration implements WebMvcConfigurer {

		private final AsyncTaskExecutor executor;

		MvcConfiguration(@Qualifier("mail") AsyncTaskExecutor executor) {
			this.executor = executor;
		}

		@Override
		public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
			configurer.setTaskExecutor(this.executor);
		}

		@Bean
		AsyncController asyncController() {
			return new AsyncController();
		}

	}

	@RestController
	static class AsyncController {

		@GetMapping("/near")
		Callable<String> near() {
			return () -> Thread.currentThread().getName();
		}

	}

}
