package dev.offload.spring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.offload.ExecutorOverloadException;
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
