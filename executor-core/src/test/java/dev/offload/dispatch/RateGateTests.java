package dev.offload.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorLimits;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.OverloadPolicy;
import dev.offload.RejectionReason;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RateGate} with a limiter that says what the test wants.
 */
class RateGateTests {

	private final Deadlines deadlines = new Deadlines("rate");

	/** What the limiter says; a second question is answered with a permit. */
	private final AtomicLong answer = new AtomicLong();

	private final AtomicInteger asked = new AtomicInteger();

	@AfterEach
	void close() {
		this.deadlines.close();
	}

	@Test
	void passWhenNoneIsLeftIsRefusedWithTheRate() {
		this.answer.set(TimeUnit.MILLISECONDS.toNanos(80));
		assertThatExceptionOfType(ExecutorOverloadException.class)
			.isThrownBy(() -> gate(OverloadPolicy.REJECT).pass(task(null), false, RateGateTests::open))
			.withMessage("Executor 'rate' takes no more tasks now: rate-limit is 3 in rate-limit-period PT1M, and the "
					+ "next may come in PT0.08S. Try again then, let callers wait (overload wait), or raise rate-limit")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(RejectionReason.RATE_LIMIT))
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(3));
	}

	@Test
	void passWhenTheCallerMayWaitComesInAfterTheWait() {
		this.answer.set(TimeUnit.MILLISECONDS.toNanos(5));
		gate(OverloadPolicy.WAIT).pass(task(null), false, RateGateTests::open);
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void passWhenTheWaitWouldBeInVainIsRefusedAtOnce() {
		this.answer.set(TimeUnit.MINUTES.toNanos(1));
		assertThatExceptionOfType(ExecutorOverloadException.class)
			.isThrownBy(() -> gate(OverloadPolicy.WAIT).pass(task(null), false, RateGateTests::open));
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void passWhenInterruptedIsRefusedAndStaysInterrupted() {
		this.answer.set(TimeUnit.MINUTES.toNanos(1));
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(ExecutorOverloadException.class)
			.isThrownBy(() -> gate(OverloadPolicy.REJECT).pass(task(null), true, RateGateTests::open));
		assertThat(Thread.interrupted()).isTrue();
	}

	// The pool that all share may have one thread, and this one blocks it.
	private static CompletableFuture<Void> async(Runnable action) {
		return CompletableFuture.runAsync(action, (each) -> new Thread(each, "test-caller").start());
	}

	@Test
	void closingEndsTheWaitOfCallersAndTellsOthersOnce() {
		RateGate gate = gate(OverloadPolicy.REJECT);
		this.answer.set(TimeUnit.MINUTES.toNanos(1));
		AtomicInteger told = new AtomicInteger();
		assertThat(gate.passIfRoom(told::incrementAndGet, () -> true)).isFalse();
		this.answer.set(TimeUnit.MINUTES.toNanos(1));
		CompletableFuture<Void> caller = async(() -> gate.pass(task(null), true, () -> {
			throw new ExecutorClosedException("rate", "closed");
		}));
		await().untilAsserted(() -> {
			gate.closing();
			assertThat(caller).isCompletedExceptionally();
		});
		assertThat(told).hasValue(1);
	}

	@Test
	void passIfRoomWhenNoneIsLeftIsToldInTimeAndOnce() {
		RateGate gate = gate(OverloadPolicy.REJECT);
		this.answer.set(TimeUnit.MILLISECONDS.toNanos(5));
		AtomicInteger told = new AtomicInteger();
		assertThat(gate.passIfRoom(told::incrementAndGet, () -> true)).isFalse();
		await().until(() -> told.get() == 1);
		gate.closing();
		assertThat(told).hasValue(1);
		assertThat(gate.passIfRoom(told::incrementAndGet, () -> true)).isTrue();
	}

	@Test
	void passWhenTheDeadlineComesBeforeIsRefusedAtOnceHoweverPatientItsCallerIs() {
		Submission late = task(Instant.now().plusSeconds(20));
		for (boolean patient : new boolean[] { true, false }) {
			this.answer.set(TimeUnit.SECONDS.toNanos(patient ? 60 : 20));
			assertThatExceptionOfType(TaskDeadlineException.class)
				.isThrownBy(
						() -> gate(OverloadPolicy.WAIT, Duration.ofMinutes(2)).pass(late, patient, RateGateTests::open))
				.withMessageContaining("comes before rate-limit 3 in rate-limit-period PT1M lets it in");
		}
	}

	@Test
	void passWhenItsCallerHasWaitedBeforeWaitsOnlyForWhatIsLeft() {
		Submission waited = task(null);
		await().until(() -> waited.nanosLeftOf(Duration.ofMillis(30)) < 0);
		this.answer.set(TimeUnit.MILLISECONDS.toNanos(1));
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(
				() -> gate(OverloadPolicy.WAIT, Duration.ofMillis(30)).pass(waited, false, RateGateTests::open));
	}

	@Test
	void passWhenItBeginsToCloseBeforeItsCallerWaitsEndsAtOnce() {
		this.answer.set(TimeUnit.HOURS.toNanos(1));
		AtomicInteger told = new AtomicInteger();
		assertThat(gate(OverloadPolicy.REJECT).passIfRoom(told::incrementAndGet, () -> false)).isFalse();
		assertThat(told).hasValue(1);
		this.answer.set(TimeUnit.HOURS.toNanos(1));
		CompletableFuture<Void> caller = async(() -> gate(OverloadPolicy.REJECT).pass(task(null), true, () -> {
			throw new ExecutorClosedException("rate", "closed");
		}));
		assertThat(caller).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ExecutorClosedException.class);
	}

	@Test
	void changeOfTheRateEndsTheWaitForTheOldOne() {
		RateGate gate = gate(OverloadPolicy.WAIT, Duration.ofHours(2));
		this.answer.set(TimeUnit.HOURS.toNanos(1));
		CompletableFuture<Void> caller = async(() -> gate.pass(task(null), false, RateGateTests::open));
		await().until(() -> this.asked.get() == 1);
		this.answer.set(TimeUnit.HOURS.toNanos(1));
		AtomicInteger told = new AtomicInteger();
		assertThat(gate.passIfRoom(told::incrementAndGet, () -> true)).isFalse();
		gate.change(ExecutorLimits.builder().rateLimit(3).maxPending(9).build());
		assertThat(told).as("the rate is the same").hasValue(0);
		gate.change(ExecutorLimits.builder().rateLimit(0).build());
		assertThat(told).hasValue(1);
		assertThat(caller).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.asked).as("nobody is asked any more").hasValue(2);
		gate.pass(task(null), false, RateGateTests::open);
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void rateThatNothingLimitsChangesNothing() {
		LimitsInForce limits = new LimitsInForce(ExecutorSpec.builder("rate").build());
		RateGate gate = new RateGate(null, limits, this.deadlines);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> gate.change(ExecutorLimits.builder().rateLimit(5).maxPending(9).build()))
			.withMessageContaining("rate-limit is 5, and nothing limits rates");
		assertThat(limits.spec().rateLimit()).isZero();
		assertThat(limits.spec().maxPending()).isEqualTo(100);
	}

	@Test
	void rateWithoutAnythingThatLimitsRatesIsRefused() {
		ExecutorSpec spec = ExecutorSpec.builder("rate").rateLimit(3).build();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> RateLimiters.require(spec))
			.withMessage("Executor 'rate': rate-limit is 3, and nothing limits rates: there is no "
					+ "dev.offload.spi.RateLimiterFactory on the class path");
		assertThatNoException().isThrownBy(() -> RateLimiters.require(ExecutorSpec.builder("rate").build()));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ExecutorSpec.builder("rate").rateLimit(-1).rateLimitPeriod(Duration.ZERO).build())
			.satisfies((ex) -> assertThat(ex.all()).extracting(Throwable::getMessage)
				.containsExactly("Executor 'rate': rate-limit must be at least 0, but is -1",
						"Executor 'rate': rate-limit-period must be above zero, but is PT0S"));
	}

	private static void open() {
		// It takes tasks.
	}

	private static Submission task(@Nullable Instant deadline) {
		TaskOptions options = (deadline != null) ? TaskOptions.DEFAULTS.withDeadline(deadline) : TaskOptions.DEFAULTS;
		return new Submission("rate", "task-1", "task", options);
	}

	private RateGate gate(OverloadPolicy overload) {
		return gate(overload, Duration.ofSeconds(20));
	}

	private RateGate gate(OverloadPolicy overload, Duration wait) {
		ExecutorSpec spec = ExecutorSpec.builder("rate")
			.rateLimit(3)
			.rateLimitPeriod(Duration.ofMinutes(1))
			.overload(overload)
			.overloadWait(wait)
			.build();
		return new RateGate(() -> {
			this.asked.incrementAndGet();
			return this.answer.getAndSet(0);
		}, new LimitsInForce(spec), this.deadlines);
	}

}
