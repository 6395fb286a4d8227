package dev.offload.spring;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.RejectionReason;
import dev.offload.TaskHandle;
import dev.offload.TaskStatus;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for calls whose callers do not wait and get no future.
 */
@ExtendWith(OutputCaptureExtension.class)
class OffloadSubmitTests {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread", "offload.executors.pool.max-pending=1",
				"offload.executors.copying.type=inline")
		.withBean(Service.class);

	@Test
	void handleIsThereBeforeItsTaskHasEndedAndRefusalsAreThrown() {
		this.runner.run((context) -> {
			Service service = context.getBean(Service.class);
			TaskHandle<String> held = service.held("a");
			assertThat(held.id()).startsWith("pool-");
			assertThat(held.label()).isEqualTo("Service.held");
			assertThat(held.record().status().isOutcome()).isFalse();
			assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> service.held("b"));
			service.release();
			assertThat(held.future().get(10, TimeUnit.SECONDS)).isEqualTo("held a");
			assertThat(held.status()).isEqualTo(TaskStatus.SUCCEEDED);
			assertThat(service.copied("c").future()).isCompletedWithValue("copied c");
		});
	}

	@Test
	void handleWhenItsTaskIsCancelledSaysSo() {
		this.runner.run((context) -> {
			TaskHandle<String> held = context.getBean(Service.class).held("a");
			assertThat(held.cancel()).isTrue();
			assertThat(held.future()).isCancelled();
			assertThat(held.status()).isEqualTo(TaskStatus.CANCELLED);
		});
	}

	@Test
	void nothingWhenSubmittedDoesNotWaitAndItsFailureIsLogged(CapturedOutput output) {
		this.runner.run((context) -> {
			Service service = context.getBean(Service.class);
			service.forgotten();
			assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(service::forgotten);
			service.release();
			Awaitility.await()
				.atMost(BOUND)
				.untilAsserted(() -> assertThat(output).contains("Service.forgotten (task pool-")
					.contains("for which nobody waits, failed")
					.contains("IllegalStateException: nobody waits for this"));
		});
	}

	@Test
	void handleWhenDisabledIsThatOfTheMethod() {
		this.runner.withPropertyValues("offload.enabled=false").run((context) -> {
			Service service = context.getBean(Service.class);
			service.release();
			assertThat(service.held("a").future()).isCompletedWithValue("held a");
		});
	}

	@Test
	void scheduledMethodRunsInTheExecutor() {
		this.runner.withUserConfiguration(SchedulingConfiguration.class)
			.run((context) -> Awaitility.await()
				.atMost(BOUND)
				.untilAsserted(() -> assertThat(context.getBean(Ticker.class).ticked()).startsWith("pool-")));
	}

	@Test
	void scheduledMethodWhenAsManyRunAsMayIsLeftOutAndOthersAreTold() {
		ExecutorOverloadException busy = new ExecutorOverloadException("pool", RejectionReason.MAX_CONCURRENT, 1, 1,
				"busy");
		Ticker ticker = refusing(new Ticker(), busy);
		ticker.tick();
		ticker.tickAndWait();
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(ticker::other).isSameAs(busy);
		ExecutorOverloadException full = new ExecutorOverloadException("pool", RejectionReason.MAX_PENDING, 1, 1,
				"full");
		Ticker waiting = refusing(new Ticker(), full);
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(waiting::tick).isSameAs(full);
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(waiting::tickAndWait).isSameAs(full);
	}

	@Test
	void scheduledMethodThatFailsWithARefusalOfAnotherExecutorIsNotLeftOut() {
		this.runner.withPropertyValues("offload.executors.pool.max-pending=10", "offload.executors.inner.type=thread")
			.withBean(Inner.class)
			.withBean(Outer.class)
			.run((context) -> {
				Inner inner = context.getBean(Inner.class);
				Outer outer = context.getBean(Outer.class);
				OffloadExecutor pool = context.getBean(ExecutorRegistry.class).require("pool");
				TaskHandle<String> held = inner.limited();
				assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(outer::run)
					.satisfies((refusal) -> assertThat(refusal.executor()).isEqualTo("inner"));
				assertThat(pool.snapshot().rejected()).containsEntry(RejectionReason.MAX_CONCURRENT, 0L);
				CompletableFuture<Void> running = CompletableFuture.runAsync(outer::hold);
				Awaitility.await().atMost(BOUND).until(() -> pool.snapshot().active() == 1);
				outer.hold();
				assertThat(pool.snapshot().rejected()).containsEntry(RejectionReason.MAX_CONCURRENT, 1L);
				inner.release();
				assertThat(running).succeedsWithin(BOUND);
				assertThat(held.future()).succeedsWithin(BOUND);
			});
	}

	// A bean in front of an executor that refuses all.
	private static Ticker refusing(Ticker bean, ExecutorOverloadException refusal) {
		OffloadExecutor executor = stub(OffloadExecutor.class, (method) -> {
			if (method.equals("name")) {
				return "pool";
			}
			throw refusal;
		});
		ExecutorRegistry registry = stub(ExecutorRegistry.class, (method) -> executor);
		OffloadBeanPostProcessor proxies = new OffloadBeanPostProcessor(new OffloadMethods((text) -> text),
				() -> registry, (name, method, chosen) -> {
				});
		return (Ticker) proxies.postProcessAfterInitialization(bean, "ticker");
	}

	private static <T> T stub(Class<T> type, Function<String, Object> answer) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> answer.apply(method.getName())));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class SchedulingConfiguration {

		@Bean
		Ticker ticker() {
			return new Ticker();
		}

	}

	public static class Ticker {

		private volatile @Nullable String ticked;

		@Scheduled(fixedDelay = 3_600_000)
		@OffloadTo(value = "pool", maxConcurrent = 1, mode = OffloadTo.Mode.SUBMIT)
		public void tick() {
			this.ticked = Thread.currentThread().getName();
		}

		@Scheduled(cron = Scheduled.CRON_DISABLED)
		@OffloadTo(value = "pool", maxConcurrent = 1)
		public void tickAndWait() {
		}

		@OffloadTo(value = "pool", maxConcurrent = 1)
		public void other() {
		}

		public @Nullable String ticked() {
			return this.ticked;
		}

	}

	public static class Inner {

		private final CountDownLatch go = new CountDownLatch(1);

		@OffloadTo(value = "inner", maxConcurrent = 1)
		public TaskHandle<String> limited() {
			await();
			return TaskHandle.completed("done");
		}

		public void release() {
			this.go.countDown();
		}

		public void await() {
			try {
				assertThat(this.go.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	public static class Outer {

		private final Inner inner;

		Outer(Inner inner) {
			this.inner = inner;
		}

		@Scheduled(cron = Scheduled.CRON_DISABLED)
		@OffloadTo(value = "pool", maxConcurrent = 1)
		public void run() {
			this.inner.limited();
		}

		@Scheduled(cron = Scheduled.CRON_DISABLED)
		@OffloadTo(value = "pool", maxConcurrent = 1)
		public void hold() {
			this.inner.await();
		}

	}

	public static class Service {

		private final CountDownLatch go = new CountDownLatch(1);

		@OffloadTo(value = "pool", mode = OffloadTo.Mode.SUBMIT)
		public TaskHandle<String> held(String text) {
			await();
			return TaskHandle.completed("held " + text);
		}

		@OffloadTo("copying")
		public TaskHandle<String> copied(String text) {
			return TaskHandle.completed("copied " + text);
		}

		@OffloadTo(value = "pool", mode = OffloadTo.Mode.SUBMIT)
		public void forgotten() {
			await();
			throw new IllegalStateException("nobody waits for this");
		}

		public void release() {
			this.go.countDown();
		}

		private void await() {
			try {
				assertThat(this.go.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
