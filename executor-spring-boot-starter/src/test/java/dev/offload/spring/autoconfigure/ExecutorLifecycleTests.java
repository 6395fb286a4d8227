package dev.offload.spring.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the closing of executors with their context.
 */
class ExecutorLifecycleTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread", "offload.executors.other.type=thread");

	@Test
	void phaseIsBelowThoseOfWebServersAndTaskExecutors() {
		assertThat(ExecutorLifecycle.PHASE).isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
			.isLessThan(new ThreadPoolTaskExecutor().getPhase())
			.isPositive();
	}

	@Test
	void closeWhenTheContextClosesComesAfterTheServerAndBeforeBeansAreDestroyed() {
		Map<String, ExecutorState> seen = new LinkedHashMap<>();
		this.runner.withUserConfiguration(Observers.class).withBean("seen", Map.class, () -> seen).run((context) -> {
			context.getSourceApplicationContext().close();
			assertThat(seen).containsExactly(Map.entry("web server graceful", ExecutorState.OPEN),
					Map.entry("web server", ExecutorState.OPEN), Map.entry("task executor", ExecutorState.OPEN),
					Map.entry("lifecycle of the application", ExecutorState.CLOSED),
					Map.entry("data source", ExecutorState.CLOSED));
		});
	}

	@Test
	void closeLetsAcceptedTasksEnd() {
		this.runner.run((context) -> {
			CountDownLatch started = new CountDownLatch(1);
			OffloadExecutor executor = executor(context.getSourceApplicationContext());
			TaskHandle<String> task = executor.submit(() -> {
				started.countDown();
				// It goes on once the closing has begun.
				while (executor.snapshot().state() == ExecutorState.OPEN) {
					Thread.onSpinWait();
				}
				return "ended";
			});
			assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
			context.getSourceApplicationContext().close();
			assertThat(task.future()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("ended");
		});
	}

	@Test
	void closeClosesAllExecutors() {
		this.runner.run((context) -> {
			Map<String, OffloadExecutor> executors = context.getBean(ExecutorRegistry.class).executors();
			context.getSourceApplicationContext().close();
			assertThat(executors.values()).hasSize(2)
				.allMatch((executor) -> executor.snapshot().state() == ExecutorState.CLOSED);
		});
	}

	@Test
	void executorsWhenTheContextIsOnlyStoppedStayOpen() {
		this.runner.run((context) -> {
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			source.stop();
			assertThat(executor(source).snapshot().state()).isEqualTo(ExecutorState.OPEN);
			source.start();
			assertThat(executor(source).call(() -> "works")).isEqualTo("works");
		});
	}

	@Test
	void executorsWhenTheContextIsPausedStayOpen() {
		this.runner.run((context) -> {
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			source.pause();
			assertThat(executor(source).call(() -> "works")).isEqualTo("works");
		});
	}

	@Test
	void executorsWhenAContextBelowClosesStayOpen() {
		this.runner.run((context) -> {
			GenericApplicationContext below = new GenericApplicationContext(context.getSourceApplicationContext());
			below.refresh();
			below.close();
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			source.stop();
			assertThat(executor(source).snapshot().state()).isEqualTo(ExecutorState.OPEN);
		});
	}

	@Test
	void executorsWhenTheStartFailsAreClosed() {
		OffloadExecutor[] made = new OffloadExecutor[1];
		this.runner.withBean("failing", Object.class, () -> {
			throw new IllegalStateException("no");
		})
			.withInitializer((context) -> context
				.addBeanFactoryPostProcessor((beanFactory) -> beanFactory.addBeanPostProcessor(new BeanPostProcessor() {

					@Override
					public Object postProcessAfterInitialization(Object bean, String beanName) {
						if (bean instanceof OffloadExecutor executor) {
							made[0] = executor;
						}
						return bean;
					}

				})))
			.withBean("first", String.class, () -> "")
			.run((context) -> {
				assertThat(context).hasFailed();
				if (made[0] != null) {
					assertThat(made[0].snapshot().state()).isEqualTo(ExecutorState.CLOSED);
				}
			});
	}

	private static OffloadExecutor executor(ConfigurableApplicationContext context) {
		return context.getBean(ExecutorRegistry.class).require("pool");
	}

	@Configuration(proxyBeanMethods = false)
	static class Observers {

		@Bean
		Observer graceful(ExecutorRegistry registry, Map<String, ExecutorState> seen) {
			return new Observer("web server graceful", WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE, registry,
					seen);
		}

		@Bean
		Observer server(ExecutorRegistry registry, Map<String, ExecutorState> seen) {
			return new Observer("web server", WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE, registry, seen);
		}

		@Bean
		Observer tasks(ExecutorRegistry registry, Map<String, ExecutorState> seen) {
			return new Observer("task executor", new ThreadPoolTaskExecutor().getPhase(), registry, seen);
		}

		@Bean
		Observer application(ExecutorRegistry registry, Map<String, ExecutorState> seen) {
			return new Observer("lifecycle of the application", 0, registry, seen);
		}

		@Bean
		DisposableBean dataSource(ExecutorRegistry registry, Map<String, ExecutorState> seen) {
			OffloadExecutor executor = registry.require("pool");
			return () -> seen.put("data source", executor.snapshot().state());
		}

	}

	static class Observer implements SmartLifecycle {

		private final String name;

		private final int phase;

		private final OffloadExecutor executor;

		private final Map<String, ExecutorState> seen;

		private volatile boolean running;

		Observer(String name, int phase, ExecutorRegistry registry, Map<String, ExecutorState> seen) {
			this.name = name;
			this.phase = phase;
			this.executor = registry.require("pool");
			this.seen = seen;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.seen.put(this.name, this.executor.snapshot().state());
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
