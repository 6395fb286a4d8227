package dev.offload.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSnapshot;
import dev.offload.TaskStatus;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for calls whose callers subscribe to their results.
 */
class OffloadReactiveTests {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread", "offload.executors.pool.max-pending=1",
				"offload.executors.copying.type=inline")
		.withBean(Service.class);

	@Test
	void eachSubscriptionIsACallAndWithoutOneThereIsNone() {
		with((context) -> {
			Service service = context.getBean(Service.class);
			Mono<String> mono = service.one("a");
			assertThat(snapshot(context).submitted()).isZero();
			assertThat(mono.block(BOUND)).isEqualTo("one a pool");
			assertThat(mono.block(BOUND)).isEqualTo("one a pool");
			assertThat(snapshot(context).submitted()).isEqualTo(2);
			assertThat(service.one(null).block(BOUND)).isNull();
		});
	}

	@Test
	void manyHasAllValuesOfItsBody() {
		with((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(service.many(3).collectList().block(BOUND)).containsExactly(0, 1, 2);
			assertThat(service.many(0).collectList().block(BOUND)).isEmpty();
			assertThat(Flux.from(FlowAdapters.toPublisher(service.flow())).collectList().block(BOUND))
				.containsExactly("x", "y");
		});
	}

	@Test
	void cancellingASubscriptionCancelsItsTask() {
		with((context) -> {
			Service service = context.getBean(Service.class);
			Disposable subscription = service.held().subscribe();
			assertThat(service.awaitRunning()).isTrue();
			assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> service.one("b").block(BOUND));
			subscription.dispose();
			Awaitility.await()
				.atMost(BOUND)
				.untilAsserted(() -> assertThat(snapshot(context).completed()).containsEntry(TaskStatus.CANCELLED, 1L));
			assertThat(service.awaitCancelled()).isTrue();
		});
	}

	@Test
	void failuresArriveInWhatIsSubscribedTo() {
		with((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(service.failing().toFuture()).failsWithin(BOUND)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(IOException.class)
				.withMessage("no such invoice");
		});
	}

	@Test
	void fallbackAnswersForFailuresOfSubscriptions() {
		with((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(service.answered("a").block(BOUND)).isEqualTo("instead of a");
			assertThat(service.answeredByMany(2).collectList().block(BOUND)).containsExactly(2, 2);
		});
	}

	private void with(ContextConsumer<AssertableApplicationContext> calls) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			calls.accept(context);
		});
	}

	private static ExecutorSnapshot snapshot(AssertableApplicationContext context) {
		return context.getBean(ExecutorRegistry.class).require("pool").snapshot();
	}

	public static class Service {

		private final CountDownLatch running = new CountDownLatch(1);

		private final CountDownLatch cancelled = new CountDownLatch(1);

		@OffloadTo("pool")
		public Mono<String> one(@Nullable String text) {
			return Mono.justOrEmpty(text)
				.map((value) -> "one " + value + " " + Thread.currentThread().getName().substring(0, 4));
		}

		@OffloadTo("copying")
		public Flux<Integer> many(int count) {
			return Flux.range(0, count);
		}

		@OffloadTo("copying")
		public Flow.Publisher<String> flow() {
			return FlowAdapters.toFlowPublisher(Flux.just("x", "y"));
		}

		@OffloadTo("pool")
		public Mono<String> held() {
			return Mono.fromFuture(new CompletableFuture<String>())
				.doOnSubscribe((subscription) -> this.running.countDown())
				.doOnCancel(this.cancelled::countDown);
		}

		@OffloadTo("copying")
		public Mono<String> failing() {
			return Mono.error(new IOException("no such invoice"));
		}

		@OffloadTo(value = "copying", fallback = "answer")
		public Mono<String> answered(String text) {
			return Mono.error(new IOException("no such invoice"));
		}

		String answer(String text, IOException failure) {
			return "instead of " + text;
		}

		@OffloadTo(value = "copying", fallback = "answers")
		public Flux<Integer> answeredByMany(int number) {
			return Flux.error(new IOException("no such invoice"));
		}

		Flux<Integer> answers(int number, IOException failure) {
			return Flux.fromIterable(List.of(number, number));
		}

		public boolean awaitRunning() throws InterruptedException {
			return this.running.await(10, TimeUnit.SECONDS);
		}

		public boolean awaitCancelled() throws InterruptedException {
			return this.cancelled.await(10, TimeUnit.SECONDS);
		}

	}

}
