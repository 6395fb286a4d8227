package dev.offload.dispatch;

import org.jspecify.annotations.Nullable;

import dev.offload.CurrentTask;
import dev.offload.TaskContext;
import dev.offload.TaskStatus;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.InterruptGuard;

/**
 * A slot for one task on its caller's thread. It is gone when the task has ended.
 */
public final class CallerSlot implements Slot {

	private final SlotListener listener;

	private final WorkRunner runner;

	private final boolean callerWaits;

	private final InterruptGuard guard = new InterruptGuard();

	/**
	 * Creates one.
	 * @param listener told of the end
	 * @param runner runs the work
	 */
	public CallerSlot(SlotListener listener, WorkRunner runner) {
		this(listener, runner, true);
	}

	// Where its caller goes on there is no thread for another attempt.
	CallerSlot(SlotListener listener, WorkRunner runner, boolean callerWaits) {
		this.listener = listener;
		this.runner = runner;
		this.callerWaits = callerWaits;
	}

	// An interrupt was meant for the caller and not for the work.
	boolean mayTryAgain(Throwable failure) {
		return this.callerWaits && !(failure instanceof InterruptedException);
	}

	// One like it, for another attempt.
	CallerSlot another() {
		return new CallerSlot(this.listener, this.runner, this.callerWaits);
	}

	@Override
	public void start(PendingTask task) {
		this.listener.lost(task, run(task, this.listener, this.guard, this.runner));
	}

	/**
	 * Runs the work of a task on this thread.
	 * @param task the task
	 * @param listener told how far it is
	 * @param guard delivers its interrupt
	 * @param runner runs the work
	 * @return how it ended
	 */
	public static Outcome run(PendingTask task, SlotListener listener, InterruptGuard guard, WorkRunner runner) {
		LocalTaskContext self = new LocalTaskContext(task, guard, listener);
		TaskContext outer = CurrentTask.set(self);
		try (ContextCarrier.Scope scope = task.context().restore()) {
			return run(guard, runner, task, scope);
		}
		finally {
			CurrentTask.set(outer);
			self.end();
		}
	}

	private static Outcome run(InterruptGuard guard, WorkRunner runner, PendingTask task, ContextCarrier.Scope scope) {
		@Nullable Object value;
		guard.enter();
		try {
			value = runner.run(task);
		}
		catch (Throwable ex) {
			scope.failed(ex);
			return Outcome.failure(TaskStatus.FAILED, ex);
		}
		finally {
			guard.exit();
		}
		return Outcome.success(value);
	}

	@Override
	public void interrupt(PendingTask task, StopReason reason) {
		this.guard.interrupt();
	}

	@Override
	public void kill(PendingTask task, StopReason reason) {
		// a thread cannot be ended by force; where there was no grace this is its only
		// interrupt
		interrupt(task, reason);
	}

	@Override
	public long pid() {
		return -1;
	}

}
