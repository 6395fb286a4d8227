package dev.offload.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.aopalliance.intercept.MethodInvocation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Schedulers;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.RejectionReason;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for calls whose items come one by one, where tasks run in this JVM.
 */
class OffloadStreamTests {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread", "offload.executors.pool.max-workers=1",
				"offload.executors.pool.max-pending=1", "offload.executors.copying.type=inline")
		.withBean(Service.class);

	@ParameterizedTest
	@ValueSource(strings = { "pool", "copying" })
	void itemsOfWhatHasNoEndComeAndWhoeverTakesNoMoreEndsTheTask(String where) {
		with(where, (context) -> {
			Service service = context.getBean(Service.class);
			try (Stream<Integer> numbers = service.stream(-1)) {
				assertThat(numbers.limit(3).toList()).containsExactly(0, 1, 2);
			}
			awaitEnd(context, 1);
			Flux<Integer> numbers = service.flux(-1);
			assertThat(service.calls()).isEqualTo(1);
			assertThat(numbers.take(3).collectList().block(BOUND)).containsExactly(0, 1, 2);
			awaitEnd(context, 2);
			// A thread on which Reactor lets nobody wait.
			assertThat(numbers.subscribeOn(Schedulers.parallel()).take(600).count().block(BOUND)).isEqualTo(600);
			awaitEnd(context, 3);
			assertThat(service.calls()).isEqualTo(3);
			assertThat(service.nothing().collectList().block(BOUND)).isEmpty();
			assertThat(service.nothingAsStream()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pool", "copying" })
	void failureInTheMiddleComesAfterTheItemsBefore(String where) {
		with(where, (context) -> {
			Service service = context.getBean(Service.class);
			try (Stream<Integer> numbers = service.stream(2)) {
				assertFailsAfter(numbers, 2);
			}
			awaitEnd(context, 1);
			List<Signal<Integer>> signals = service.flux(2).materialize().collectList().block(BOUND);
			assertThat(signals).isNotNull().hasSize(3);
			assertThat(signals.get(1).get()).isEqualTo(1);
			assertThat(signals.get(2).getThrowable()).isInstanceOf(IOException.class).hasMessage("no 2");
			awaitEnd(context, 2);
			try (Stream<Integer> none = service.failing()) {
				assertThatExceptionOfType(CompletionException.class).isThrownBy(none::findFirst)
					.withCauseInstanceOf(IOException.class);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pool", "copying" })
	void fallbackAnswersForWhatFailsBeforeTheFirstItem(String where) {
		with(where, (context) -> {
			Service service = context.getBean(Service.class);
			try (Stream<Integer> numbers = service.answeredStream(0)) {
				assertThat(numbers.iterator()).toIterable().containsExactly(-1, -2);
				assertThat(service.answersClosed()).isEqualTo(1);
			}
			assertThat(service.answersClosed()).isEqualTo(1);
			assertThat(service.answeredFlux(0).collectList().block(BOUND)).containsExactly(-1, -2);
			awaitEnd(context, 0);
			try (Stream<Integer> numbers = service.answeredStream(2)) {
				assertFailsAfter(numbers, 2);
			}
			awaitEnd(context, 1);
			List<Signal<Integer>> signals = service.answeredFlux(2).materialize().collectList().block(BOUND);
			assertThat(signals).isNotNull().hasSize(3);
			assertThat(signals.get(2).getThrowable()).isInstanceOf(IOException.class);
			awaitEnd(context, 2);
			// What no fallback answers for is as it was.
			try (Stream<Integer> numbers = service.answeredStream(-8)) {
				assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(numbers::findFirst);
			}
		});
	}

	@Test
	void fallbackOfAStreamDoesNotAnswerForOtherAdvice() {
		this.runner.withPropertyValues("where=pool")
			.withBean(RecordingAdvice.class, () -> new RecordingAdvice(Service.class) {

				@Override
				public Object invoke(MethodInvocation invocation) throws Throwable {
					((Stream<?>) invocation.proceed()).close();
					throw new ExecutorOverloadException("pool", RejectionReason.MAX_PENDING, 1, 1, "of an aspect");
				}

			})
			.run((context) -> assertThatExceptionOfType(ExecutorOverloadException.class)
				.isThrownBy(() -> context.getBean(Service.class).answeredRefusal())
				.withMessage("of an aspect"));
	}

	@Test
	void refusalIsThrownAndArrivesInWhatIsSubscribedTo() {
		with("pool", (context) -> {
			Service service = context.getBean(Service.class);
			try (Stream<Integer> held = service.stream(-1)) {
				assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> service.stream(-1));
				assertThatExceptionOfType(ExecutorOverloadException.class)
					.isThrownBy(() -> service.flux(-1).blockFirst(BOUND));
				assertThat(service.answeredRefusal()).containsExactly(-3);
				assertThat(service.answeredByNothing()).isEmpty();
				assertThat(held.findFirst()).contains(0);
			}
		});
	}

	private static void assertFailsAfter(Stream<Integer> numbers, int count) {
		Iterator<Integer> items = numbers.iterator();
		for (int i = 0; i < count; i++) {
			assertThat(items.next()).isEqualTo(i);
		}
		assertThatExceptionOfType(CompletionException.class).isThrownBy(items::hasNext)
			.withCauseInstanceOf(IOException.class)
			.havingCause()
			.withMessage("no " + count);
	}

	private void with(String where, ContextConsumer<AssertableApplicationContext> calls) {
		this.runner.withPropertyValues("where=" + where).run((context) -> {
			assertThat(context).hasNotFailed();
			calls.accept(context);
		});
	}

	// So many were closed at the source, and there is room for the next.
	private static void awaitEnd(AssertableApplicationContext context, int closed) {
		Awaitility.await().atMost(BOUND).pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
			assertThat(context.getBean(Service.class).closed()).isGreaterThanOrEqualTo(closed);
			assertThat(context.getBean(ExecutorRegistry.class).require("pool").snapshot().pending()).isZero();
		});
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> void sneak(Throwable failure) throws X {
		throw (X) failure;
	}

	public static class Service {

		private final AtomicInteger calls = new AtomicInteger();

		private final AtomicInteger closed = new AtomicInteger();

		private final AtomicInteger answersClosed = new AtomicInteger();

		@OffloadTo("${where}")
		public Stream<Integer> stream(int failing) {
			this.calls.incrementAndGet();
			return numbers(failing);
		}

		private Stream<Integer> numbers(int failing) {
			return Stream.iterate(0, (number) -> number + 1)
				.peek((number) -> check(number, failing))
				.onClose(this.closed::incrementAndGet);
		}

		private static void check(int number, int failing) {
			if (number == failing) {
				OffloadStreamTests.<RuntimeException>sneak(new IOException("no " + number));
			}
			if (failing == -8) {
				throw new UncheckedIOException(new IOException("not that"));
			}
		}

		@OffloadTo("${where}")
		public Flux<Integer> flux(int failing) {
			this.calls.incrementAndGet();
			return Flux.<Integer, Integer>generate(() -> 0, (number, sink) -> {
				check(number, failing);
				sink.next(number);
				return number + 1;
			}).doFinally((signal) -> this.closed.incrementAndGet());
		}

		@OffloadTo("${where}")
		@SuppressWarnings("NullAway")
		public Flux<Integer> nothing() {
			return null;
		}

		@OffloadTo("${where}")
		@SuppressWarnings("NullAway")
		public Stream<Integer> nothingAsStream() {
			return null;
		}

		@OffloadTo(value = "${where}", fallback = "nothingInstead")
		public Stream<Integer> answeredByNothing() {
			return numbers(-1);
		}

		@SuppressWarnings("NullAway")
		Stream<Integer> nothingInstead() {
			return null;
		}

		@OffloadTo("${where}")
		public Stream<Integer> failing() throws IOException {
			throw new IOException("no numbers");
		}

		@OffloadTo(value = "${where}", fallback = "instead")
		public Stream<Integer> answeredStream(int failing) {
			return numbers(failing);
		}

		Stream<Integer> instead(int failing, IOException failure) {
			return Stream.of(-1, -2).onClose(this.answersClosed::incrementAndGet);
		}

		@OffloadTo(value = "${where}", fallback = "insteadOfFlux")
		public Flux<Integer> answeredFlux(int failing) {
			return flux(failing);
		}

		Flux<Integer> insteadOfFlux(int failing, IOException failure) {
			return Flux.just(-1, -2);
		}

		@OffloadTo(value = "${where}", fallback = "whenRefused")
		public Stream<Integer> answeredRefusal() {
			return numbers(-1);
		}

		Stream<Integer> whenRefused() {
			return Stream.of(-3);
		}

		public int calls() {
			return this.calls.get();
		}

		public int answersClosed() {
			return this.answersClosed.get();
		}

		public int closed() {
			return this.closed.get();
		}

	}

}
