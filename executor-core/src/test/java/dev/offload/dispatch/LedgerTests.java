package dev.offload.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.OverloadPolicy;
import dev.offload.TaskOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for those that wait for room without a thread.
 */
class LedgerTests {

	private static final long HALF = 500_000;

	private final Ledger ledger = new Ledger(
			new LimitsInForce(ExecutorSpec.builder("ledger").maxPending(3).maxPendingBytes(2 * HALF).build()));

	private final Submission task = new Submission("ledger", "task-1", "task", TaskOptions.DEFAULTS);

	@Test
	void acceptIfRoomWhenTwoWaitForBytesWakesNeitherByTheOther() {
		this.ledger.enter(this.task, true);
		this.ledger.accept(this.task, 2 * HALF - 1);
		Waiter first = new Waiter();
		Waiter second = new Waiter();
		first.run();
		second.run();
		assertThat(first.encoded).isOne();
		assertThat(second.encoded).isOne();
		this.ledger.release(2 * HALF - 1);
		assertThat(first.accepted).isTrue();
		assertThat(second.accepted).isTrue();
		assertThat(first.encoded + second.encoded).isEqualTo(4);
	}

	@Test
	void acceptIfRoomWhenRefusedGivesItsPlaceToOneThatWaitsForIt() {
		this.ledger.enter(this.task, true);
		this.ledger.accept(this.task, 2 * HALF);
		this.ledger.enter(this.task, true);
		assertThat(this.ledger.enterIfRoom(new Waiter())).isTrue();
		Waiter forPlace = new Waiter();
		forPlace.run();
		assertThat(forPlace.encoded).isZero();
		Waiter forBytes = new Waiter();
		assertThat(this.ledger.acceptIfRoom(HALF, forBytes)).isFalse();
		assertThat(forPlace.encoded).isOne();
		assertThat(forBytes.encoded).isZero();
		this.ledger.release(0);
		assertThat(forBytes.encoded).isZero();
		this.ledger.release(2 * HALF);
		assertThat(forBytes.accepted).isTrue();
		assertThat(forPlace.accepted).isTrue();
	}

	@Test
	void acceptWhenTheWaitForItsPlaceHasTakenAllItsTimeDoesNotWait() {
		Duration wait = Duration.ofMillis(20);
		List<Boolean> told = new ArrayList<>();
		Ledger waits = new Ledger(new LimitsInForce(ExecutorSpec.builder("ledger")
			.maxPendingBytes(HALF)
			.overload(OverloadPolicy.WAIT)
			.overloadWait(wait)
			.build()));
		waits.saturation(new Saturation("ledger", new ExecutorListener() {
			@Override
			public void executorSaturated(String executor, boolean saturated) {
				told.add(saturated);
			}
		}, () -> false));
		waits.enter(this.task, true);
		waits.accept(this.task, HALF);
		waits.enter(this.task, true);
		await().until(() -> this.task.nanosLeftOf(wait) < 0);
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> waits.accept(this.task, HALF));
		assertThat(told).as("of a wait").isEmpty();
	}

	/**
	 * Does as a batch with a chunk does.
	 */
	private final class Waiter implements Runnable {

		private int encoded;

		private boolean accepted;

		@Override
		public void run() {
			if (LedgerTests.this.ledger.enterIfRoom(this)) {
				this.encoded++;
				this.accepted = LedgerTests.this.ledger.acceptIfRoom(HALF, this);
			}
		}

	}

}
