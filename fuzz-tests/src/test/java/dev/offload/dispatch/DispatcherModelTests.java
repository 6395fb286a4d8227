package dev.offload.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.ConcurrencyLimit;
import dev.offload.OverloadPolicy;
import dev.offload.TaskOptions;

/**
 * Tests for {@link Dispatcher} in many orders of the steps that threads take with it: no
 * task is lost or started twice, no slot is lost or given twice, and of a kind of which
 * one may run there is never another in a slot.
 */
@Param(name = "slot", gen = IntGen.class, conf = "0:1")
@Param(name = "task", gen = IntGen.class, conf = "0:3")
public class DispatcherModelTests {

	private static final TaskOptions ONE_BY_ONE = TaskOptions.DEFAULTS
		.withConcurrency(new ConcurrencyLimit("kind", 1, OverloadPolicy.WAIT));

	private final Dispatcher dispatcher = new Dispatcher(DispatcherModelTests::begin);

	private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

	private final ModelSlot[] slots = { new ModelSlot(this.fault), new ModelSlot(this.fault) };

	private final AtomicInteger lastTask = new AtomicInteger();

	private final AtomicReferenceArray<PendingTask> tasks = new AtomicReferenceArray<>(16);

	private final AtomicReferenceArray<PendingTask> resting = new AtomicReferenceArray<>(16);

	public DispatcherModelTests() {
		for (ModelSlot slot : this.slots) {
			this.dispatcher.offer(slot, null);
		}
	}

	@Test
	void noTaskAndNoSlotIsLostOrThereTwice() {
		Model.options().verifier(EpsilonVerifier.class).check(DispatcherModelTests.class);
	}

	// As the lifecycle begins a task.
	private static void begin(PendingTask task) {
		Slot slot = task.slot();
		if (slot != null) {
			slot.start(task);
		}
	}

	@Operation
	public void submit() {
		submit(TaskOptions.DEFAULTS);
	}

	// One of a kind of which others wait while one is in a slot.
	@Operation
	public void submitOneByOne() {
		submit(ONE_BY_ONE);
	}

	private void submit(TaskOptions options) {
		int number = this.lastTask.getAndIncrement();
		PendingTask task = Model.task(number, options);
		this.tasks.set(number, task);
		this.dispatcher.dispatch(task);
	}

	// A task that failed waits for the time of its next attempt.
	@Operation
	public void rest() {
		int number = this.lastTask.getAndIncrement();
		PendingTask task = Model.task(number);
		this.dispatcher.rest(task);
		this.resting.set(number, task);
		this.tasks.set(number, task);
	}

	@Operation
	public void timeHasCome(@Param(name = "task") int number) {
		PendingTask task = this.resting.getAndSet(number, null);
		if (task != null) {
			this.dispatcher.dispatch(task);
		}
	}

	@Operation
	public void end(@Param(name = "slot") int number) {
		ModelSlot slot = this.slots[number];
		PendingTask task = slot.held.getAndSet(null);
		if (task != null) {
			this.dispatcher.offer(slot, task);
			task.settleRunning(Model.DONE);
		}
	}

	// As a caller ends its task, which does not start the next one.
	@Operation
	public void endIdle(@Param(name = "slot") int number) {
		ModelSlot slot = this.slots[number];
		PendingTask task = slot.held.getAndSet(null);
		if (task != null) {
			if (!this.dispatcher.offerIdle(slot, task)) {
				this.dispatcher.offer(slot, task);
			}
			task.settleRunning(Model.DONE);
		}
	}

	// The slot is gone before the task was sent, and another one comes for it.
	@Operation
	public void loseUnsent(@Param(name = "slot") int number) {
		ModelSlot slot = this.slots[number];
		PendingTask task = slot.held.getAndSet(null);
		if (task != null) {
			this.dispatcher.putBack(task);
			this.dispatcher.offer(slot, null);
		}
	}

	@Operation
	public void replaceIdle(@Param(name = "slot") int number) {
		if (this.dispatcher.withdraw(this.slots[number])) {
			this.dispatcher.offer(this.slots[number], null);
		}
	}

	// As the lifecycle cancels: it waits, it runs, or it is over.
	@Operation
	public void cancel(@Param(name = "task") int number) {
		PendingTask task = this.tasks.get(number);
		while (task != null && !task.isSettled()) {
			if (task.settleQueued(Model.CANCELLED, this.dispatcher::remove) || task.settleRunning(Model.CANCELLED)) {
				return;
			}
		}
	}

	@Operation
	public void failQueued() {
		for (PendingTask task : this.dispatcher.clearQueue()) {
			task.settleQueued(Model.CANCELLED, this.dispatcher::remove);
		}
	}

	@Operation
	public void failWaiting() {
		for (PendingTask task : this.dispatcher.clearWaiting()) {
			task.settleQueued(Model.CANCELLED, this.dispatcher::remove);
		}
	}

	@Operation
	public void pause() {
		this.dispatcher.pause();
	}

	@Operation
	public void resume() {
		this.dispatcher.resume();
	}

	@Validate
	public void allAddsUp() {
		require(this.fault.get() == null, String.valueOf(this.fault.get()));
		int waiting = 0;
		int held = 0;
		int waitingOfKind = 0;
		int heldOfKind = 0;
		int resting = 0;
		for (int i = 0; i < this.lastTask.get(); i++) {
			PendingTask task = this.tasks.get(i);
			int places = places(task);
			require(places <= 1, "a task is in two slots");
			held += places;
			boolean rests = this.resting.get(i) != null;
			resting += (rests && !task.isSettled()) ? 1 : 0;
			boolean waits = !rests && places == 0 && !task.isSettled();
			waiting += waits ? 1 : 0;
			boolean ofKind = task.waitLimit() != null;
			heldOfKind += ofKind ? places : 0;
			waitingOfKind += (ofKind && waits) ? 1 : 0;
		}
		require(heldOfKind <= 1, heldOfKind + " of a kind are in slots");
		int ready = waiting - ((heldOfKind == 1) ? waitingOfKind : Math.max(0, waitingOfKind - 1));
		require(this.dispatcher.ready() == ready, this.dispatcher.ready() + " may have a slot, not " + ready);
		require(this.dispatcher.queued() == waiting, this.dispatcher.queued() + " queued, and " + waiting + " wait");
		require(this.dispatcher.active().size() == held,
				this.dispatcher.active().size() + " active, and " + held + " are in slots");
		int restingNow = this.dispatcher.read((queued, active, retrying) -> retrying);
		require(restingNow == resting, restingNow + " rest, and " + resting + " should");
		for (ModelSlot slot : this.slots) {
			boolean idle = this.dispatcher.withdraw(slot);
			require(idle == (slot.held.get() == null), idle ? "a slot is idle and taken" : "a slot is lost");
			require(!idle || ready == 0 || this.dispatcher.isPaused(), "a task waits while a slot is idle");
			require(!this.dispatcher.withdraw(slot), "a slot is idle twice");
		}
	}

	private int places(PendingTask task) {
		int places = 0;
		for (ModelSlot slot : this.slots) {
			places += (slot.held.get() == task) ? 1 : 0;
		}
		return places;
	}

	private static void require(boolean condition, String fault) {
		if (!condition) {
			throw new IllegalStateException(fault);
		}
	}

	/**
	 * A place without a process, which notices when it is given a second task.
	 */
	private static final class ModelSlot extends StillSlot {

		private final AtomicReference<@Nullable PendingTask> held = new AtomicReference<>();

		private final AtomicReference<@Nullable String> fault;

		private ModelSlot(AtomicReference<@Nullable String> fault) {
			this.fault = fault;
		}

		@Override
		public void start(PendingTask task) {
			if (!this.held.compareAndSet(null, task)) {
				this.fault.set("a slot was given a task while it had another");
			}
		}

	}

}
