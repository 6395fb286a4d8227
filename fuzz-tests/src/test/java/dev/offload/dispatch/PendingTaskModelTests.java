package dev.offload.dispatch;

import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Tests for {@link PendingTask} in many orders of the steps that threads take with it:
 * each gives what it would give if they came one after the other.
 */
public class PendingTaskModelTests {

	private final PendingTask task = Model.task(1);

	private final AtomicInteger settled = new AtomicInteger();

	private final AtomicInteger leftQueue = new AtomicInteger();

	private final AtomicInteger partsDone = new AtomicInteger();

	private final AtomicInteger freed = new AtomicInteger();

	@Test
	void taskIsSettledOnceAndItsPlaceIsFreedOnce() {
		Model.options().check(PendingTaskModelTests.class);
	}

	@Operation
	public boolean begin() {
		return this.task.begin(IdleSlot.INSTANCE);
	}

	@Operation
	public boolean unbegin() {
		return this.task.unbegin();
	}

	@Operation
	public boolean settleQueued() {
		return count(this.settled, this.task.settleQueued(Model.CANCELLED, (left) -> this.leftQueue.incrementAndGet()));
	}

	@Operation
	public boolean settleRunning() {
		return count(this.settled, this.task.settleRunning(Model.DONE));
	}

	@Operation
	public boolean requestStop() {
		return this.task.requestStop(StopReason.CANCEL);
	}

	@Operation
	public boolean partDone() {
		return this.partsDone.getAndIncrement() < 2 && count(this.freed, this.task.partDone());
	}

	@Operation
	public boolean isSettled() {
		return this.task.isSettled();
	}

	@Validate
	public void settledOnceAndFreedOnce() {
		if (this.settled.get() != (this.task.isSettled() ? 1 : 0)) {
			throw new IllegalStateException("settled " + this.settled + " times");
		}
		if (this.task.settled().isDone() != this.task.isSettled()) {
			throw new IllegalStateException("settled, and nobody hears of it");
		}
		if (this.leftQueue.get() > this.settled.get()) {
			throw new IllegalStateException("left the queue " + this.leftQueue + " times");
		}
		if (this.freed.get() != ((this.partsDone.get() >= 2) ? 1 : 0)) {
			throw new IllegalStateException("freed " + this.freed + " times");
		}
	}

	private static boolean count(AtomicInteger counter, boolean hit) {
		if (hit) {
			counter.incrementAndGet();
		}
		return hit;
	}

	/**
	 * A slot that does nothing.
	 */
	private static final class IdleSlot extends StillSlot {

		private static final IdleSlot INSTANCE = new IdleSlot();

		@Override
		public void start(PendingTask task) {
			// The model takes each step itself.
		}

	}

}
