package dev.offload.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * Tests for {@link Dispatcher} when a task is cancelled at the worst moment: on its way
 * to the queue, or back from a slot that never got it. Each step comes once, in all
 * orders.
 */
public class SettledTaskModelTests {

	private final Dispatcher dispatcher = new Dispatcher(SettledTaskModelTests::begin);

	private final PendingTask coming = Model.task(1);

	private final PendingTask returning = Model.task(2);

	private final ModelSlot lost = new ModelSlot();

	private final ModelSlot idle = new ModelSlot();

	public SettledTaskModelTests() {
		this.dispatcher.offer(this.lost, null);
		this.dispatcher.dispatch(this.returning);
		this.dispatcher.pause();
		this.dispatcher.offer(this.idle, null);
		this.dispatcher.resume();
	}

	@Test
	void cancelledTaskTakesNeitherSlotNorPlaceInTheQueue() {
		new ModelCheckingOptions().iterations(6)
			.invocationsPerIteration(150)
			.threads(2)
			.actorsBefore(0)
			.actorsPerThread(2)
			.actorsAfter(0)
			.verifier(EpsilonVerifier.class)
			.check(SettledTaskModelTests.class);
	}

	private static void begin(PendingTask task) {
		Slot slot = task.slot();
		if (slot != null) {
			slot.start(task);
		}
	}

	@Operation(runOnce = true)
	public void putBack() {
		this.dispatcher.putBack(this.returning);
	}

	@Operation(runOnce = true)
	public void submit() {
		this.dispatcher.dispatch(this.coming);
	}

	@Operation(runOnce = true)
	public void cancelReturning() {
		cancel(this.returning);
	}

	@Operation(runOnce = true)
	public void cancelComing() {
		cancel(this.coming);
	}

	private void cancel(PendingTask task) {
		while (!task.isSettled()) {
			if (task.settleQueued(Model.CANCELLED, this.dispatcher::remove) || task.settleRunning(Model.CANCELLED)) {
				return;
			}
		}
	}

	@Validate
	public void nothingIsLost() {
		boolean free = this.dispatcher.withdraw(this.idle);
		if (free == this.idle.taken.get()) {
			throw new IllegalStateException(free ? "a slot is idle and taken" : "a slot is lost");
		}
		int queued = this.dispatcher.queued();
		int alive = 0;
		for (PendingTask task : this.dispatcher.clearQueue()) {
			alive += task.isSettled() ? 0 : 1;
		}
		if (queued != alive) {
			throw new IllegalStateException((queued - alive) + " settled tasks wait");
		}
	}

	/**
	 * A place that knows whether it was given a task.
	 */
	private static final class ModelSlot extends StillSlot {

		private final AtomicBoolean taken = new AtomicBoolean();

		@Override
		public void start(PendingTask task) {
			this.taken.set(true);
		}

	}

}
