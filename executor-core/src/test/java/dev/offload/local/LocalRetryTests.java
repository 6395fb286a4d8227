package dev.offload.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.RetrySpec;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for further attempts in this JVM, also on the threads of callers.
 */
class LocalRetryTests {

	private static final Duration SHORT = Duration.ofMillis(5);

	private static final RetrySpec RULES = RetrySpec.NONE.withMaxAttempts(3).withDelay(SHORT, 1, SHORT, 0);

	private final OffloadExecutor inline = new InlineExecutorFactory()
		.create(ExecutorSpec.builder("inline").type(ExecutorSpec.INLINE).codecRoundTrip(false).retry(RULES).build());

	private final OffloadExecutor narrow = new ThreadExecutorFactory().create(ExecutorSpec.builder("narrow")
		.type(ExecutorSpec.THREAD)
		.maxWorkers(1)
		.maxPending(1)
		.overload(OverloadPolicy.CALLER_RUNS)
		.retry(RULES)
		.build());

	private final AtomicInteger runs = new AtomicInteger();

	private final CountDownLatch open = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.open.countDown();
		this.inline.closeNow();
		this.narrow.closeNow();
	}

	@Test
	void exceptionThatCannotBeToldIsTriedAgainLikeAnyOther() {
		for (OffloadExecutor executor : new OffloadExecutor[] { this.inline, this.narrow }) {
			this.runs.set(0);
			Task<Object> speechless = () -> {
				this.runs.incrementAndGet();
				throw new Speechless();
			};
			assertThatExceptionOfType(Speechless.class).isThrownBy(() -> executor.call(speechless));
			assertThat(this.runs).hasValue(3);
			ExecutorSnapshot snapshot = executor.snapshot();
			assertThat(snapshot.pending()).isZero();
			assertThat(snapshot.retrying()).isZero();
			assertThat(snapshot.completedTotal()).isEqualTo(1);
		}
	}

	@Test
	void interruptOfTheCallerIsNoReasonToTryAgain() throws Exception {
		Task<Object> interrupted = () -> {
			this.runs.incrementAndGet();
			Thread.currentThread().interrupt();
			Thread.sleep(10_000);
			return "slept";
		};
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.inline.call(interrupted));
		assertThat(this.runs).hasValue(1);
		TaskHandle<Boolean> first = this.narrow.submit(() -> this.open.await(30, TimeUnit.SECONDS));
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.narrow.call(interrupted));
		assertThat(this.runs).hasValue(2);
		this.open.countDown();
		assertThat(first.future().join()).isTrue();
	}

	@Test
	void workOnItsCallerIsTriedAgainOnlyWhereThatOneWaits() throws Exception {
		TaskHandle<Boolean> first = this.narrow.submit(() -> this.open.await(30, TimeUnit.SECONDS));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.narrow.call(this::fail));
		assertThat(this.runs).hasValue(3);
		this.runs.set(0);
		TaskHandle<Object> submitted = this.narrow.submit(this::fail);
		assertThat(submitted.future()).failsWithin(Duration.ofSeconds(10));
		assertThat(this.runs).hasValue(1);
		this.open.countDown();
		assertThat(first.future().join()).isTrue();
	}

	@Test
	void exceptionThatIsThrownAgainAndAgainDoesNotHoldTheFirstFailureOfEach() {
		RuntimeException always = new IllegalStateException("always the same");
		Task<Object> task = () -> {
			throw (this.runs.incrementAndGet() % 3 == 0) ? always : new IllegalStateException("first");
		};
		RetrySpec atOnce = RULES.withDelay(Duration.ZERO, 1, Duration.ZERO, 0);
		for (int i = 0; i < 150; i++) {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> this.inline.call(task, TaskOptions.DEFAULTS.withRetry(atOnce)))
				.isSameAs(always);
		}
		assertThat(always.getSuppressed()).hasSizeBetween(1, 100);
	}

	private Object fail() {
		throw new IllegalStateException("run " + this.runs.incrementAndGet());
	}

	private static final class Speechless extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("no words");
		}

	}

}
