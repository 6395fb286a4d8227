package dev.offload.spring.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.RejectionReason;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OffloadEventsAutoConfiguration}.
 */
class OffloadEventsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadEventsAutoConfiguration.class))
		.withPropertyValues("offload.executors.image.type=thread", "offload.executors.image.max-workers=1",
				"offload.executors.image.max-pending=2");

	@Test
	void listenersHearOfTasksInOrderAlsoWhenOneFails() {
		this.runner.withUserConfiguration(Listeners.class).run((context) -> {
			OffloadExecutor executor = context.getBean(ExecutorRegistry.class).require("image");
			Listeners listeners = context.getBean(Listeners.class);
			TaskOptions options = TaskOptions.DEFAULTS.withMetadata(Map.of("tenant", "7"));
			executor.call(() -> 1, options.withId("one"));
			executor.operations().pause();
			executor.submit(() -> 2, options.withId("two"));
			executor.submit(() -> 3, options.withId("three"));
			assertThatExceptionOfType(ExecutorOverloadException.class)
				.isThrownBy(() -> executor.submit(() -> 4, options.withId("four")));
			executor.operations().resume();
			Awaitility.await()
				.untilAsserted(() -> assertThat(listeners.executors)
					.contains(new OffloadExecutorEvent.Saturated("image", false)));
			executor.close();
			assertThat(listeners.tasks).filteredOn((event) -> event.task().taskId().equals("one"))
				.extracting(Object::getClass)
				.map(Class::getSimpleName)
				.containsExactly("Submitted", "Started", "Completed");
			assertThat(listeners.tasks).filteredOn(OffloadTaskEvent.Completed.class::isInstance)
				.extracting((event) -> event.task().taskId() + event.task().status() + event.task().metadata())
				.containsExactlyInAnyOrder("oneSUCCEEDED{tenant=7}", "twoSUCCEEDED{tenant=7}",
						"threeSUCCEEDED{tenant=7}");
			assertThat(listeners.rejections).extracting(OffloadTaskEvent.Rejected::reason)
				.containsExactly(RejectionReason.MAX_PENDING);
			assertThat(listeners.rejections).extracting((event) -> event.task().failure())
				.hasOnlyElementsOfType(ExecutorOverloadException.class);
			assertThat(listeners.executors).containsExactlyInAnyOrder(new OffloadExecutorEvent.Paused("image", true),
					new OffloadExecutorEvent.Saturated("image", true), new OffloadExecutorEvent.Paused("image", false),
					new OffloadExecutorEvent.Saturated("image", false),
					new OffloadExecutorEvent.StateChanged("image", ExecutorState.DRAINING),
					new OffloadExecutorEvent.StateChanged("image", ExecutorState.CLOSED));
			assertThat(listeners.threads).isNotEmpty().allMatch((name) -> name.startsWith("image-events"));
		});
	}

	@Test
	void publisherListensOnlyWhereTheApplicationDoes() {
		this.runner.withUserConfiguration(EverythingListener.class).run((context) -> {
			assertThat(context.getBean(TaskEventPublisher.class).isListening()).isFalse();
			assertThat(context.getBean(ExecutorEventPublisher.class).isListening()).isFalse();
		});
		this.runner.withUserConfiguration(OneListener.class).run((context) -> {
			assertThat(context.getBean(TaskEventPublisher.class).isListening()).isTrue();
			assertThat(context.getBean(ExecutorEventPublisher.class).isListening()).isFalse();
			context.getBean(ExecutorRegistry.class).require("image").call(() -> 1);
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(OneListener.class).heard)
					.containsExactly(TaskStatus.SUCCEEDED));
		});
	}

	@Test
	void publisherIsThereWithLazyBeans() {
		this.runner.withPropertyValues("spring.main.lazy-initialization=true")
			.withUserConfiguration(OneListener.class)
			.run((context) -> {
				context.getBean(ExecutorRegistry.class).require("image").call(() -> 1);
				Awaitility.await()
					.untilAsserted(() -> assertThat(context.getBean(OneListener.class).heard)
						.containsExactly(TaskStatus.SUCCEEDED));
			});
	}

	@Test
	void publisherIsNotThereWhenSwitchedOffOrInAWorker() {
		this.runner.withPropertyValues("offload.events.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskEventPublisher.class));
		this.runner.withPropertyValues("offload.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskEventPublisher.class));
		this.runner.withSystemProperties("offload.worker.socket=/tmp/none")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskEventPublisher.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<OffloadTaskEvent> tasks = new CopyOnWriteArrayList<>();

		private final List<OffloadTaskEvent.Rejected> rejections = new CopyOnWriteArrayList<>();

		private final List<OffloadExecutorEvent> executors = new CopyOnWriteArrayList<>();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		@EventListener
		@Order(1)
		void all(OffloadTaskEvent event) {
			this.threads.add(Thread.currentThread().getName());
			this.tasks.add(event);
		}

		@EventListener
		void rejected(OffloadTaskEvent.Rejected event) {
			this.rejections.add(event);
		}

		@EventListener
		void executor(OffloadExecutorEvent event) {
			this.executors.add(event);
		}

		@EventListener
		@Order(2)
		void failing(OffloadTaskEvent event) {
			if (event instanceof OffloadTaskEvent.Started) {
				throw new IllegalStateException("a listener that fails");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneListener {

		private final List<TaskStatus> heard = new CopyOnWriteArrayList<>();

		@EventListener
		void completed(OffloadTaskEvent.Completed event) {
			this.heard.add(event.task().status());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EverythingListener {

		@Bean
		ApplicationListener<PayloadApplicationEvent<?>> everything() {
			return (event) -> {
			};
		}

		@EventListener
		void all(Object event) {
			// hears of everything
		}

	}

}
