package dev.offload.dispatch;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for those that wait for room without a thread.
 */
class LedgerTests {

	private static final long HALF = 500_000;

	private final Ledger ledger = new Ledger(
			new LimitsInForce(ExecutorSpec.builder("ledger").maxPending(3).maxPendingBytes(2 * HALF).build()));

	@Test
	void acceptIfRoomWhenTwoWaitForBytesWakesNeitherByTheOther() {
		this.ledger.enter(true);
		this.ledger.accept(2 * HALF - 1);
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
		this.ledger.enter(true);
		this.ledger.accept(2 * HALF);
		this.ledger.enter(true);
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
