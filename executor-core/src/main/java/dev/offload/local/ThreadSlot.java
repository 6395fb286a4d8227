package dev.offload.local;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskStatus;
import dev.offload.dispatch.CallerSlot;
import dev.offload.dispatch.Outcome;
import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.Slot;
import dev.offload.dispatch.SlotListener;
import dev.offload.dispatch.StopReason;
import dev.offload.dispatch.ThreadTrace;
import dev.offload.dispatch.WorkRunner;
import dev.offload.spi.InterruptGuard;

/**
 * A slot whose tasks each run on one thread of this JVM.
 */
final class ThreadSlot implements Slot {

	private final SlotListener listener;

	private final WorkRunner runner;

	private final TaskThreads threads;

	private final ThreadSlots slots;

	private volatile @Nullable Running running;

	ThreadSlot(SlotListener listener, WorkRunner runner, TaskThreads threads, ThreadSlots slots) {
		this.slots = slots;
		this.listener = listener;
		this.runner = runner;
		this.threads = threads;
	}

	@Override
	public void start(PendingTask task) {
		Running now = new Running(task, new InterruptGuard());
		this.running = now;
		// Whoever told it to stop a moment ago may not have found it here.
		if (task.stopReason() != null) {
			now.guard().interrupt();
		}
		try {
			this.threads.execute(() -> run(now));
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			this.running = null;
			ended(task, Outcome.failure(TaskStatus.FAILED, ex));
		}
	}

	private void run(Running now) {
		Outcome outcome = CallerSlot.run(now.task(), this.listener, now.guard(), this.runner);
		this.running = null;
		if (this.slots.keeps(this)) {
			ended(now.task(), outcome);
		}
		else {
			this.listener.lost(now.task(), outcome);
		}
	}

	private void ended(PendingTask task, Outcome outcome) {
		this.listener.ended(this, task, outcome);
		this.slots.trim();
	}

	@Override
	public void interrupt(PendingTask task, StopReason reason) {
		Running now = this.running;
		if (now != null && now.task() == task) {
			if (reason.isLimit()) {
				task.trace(CompletableFuture.completedFuture(trace(now.guard().thread())));
			}
			now.guard().interrupt();
		}
	}

	private static ThreadTrace trace(@Nullable Thread thread) {
		if (thread == null) {
			return ThreadTrace.NONE;
		}
		return new ThreadTrace(Stream.of(thread.getStackTrace())
			.limit(ThreadTrace.MAX_FRAMES)
			.map(StackTraceElement::toString)
			.toList(), null);
	}

	@Override
	public void kill(PendingTask task, StopReason reason) {
		// a thread cannot be ended by force: the slot stays taken until the task ends,
		// and where there was no grace this is its only interrupt
		interrupt(task, reason);
	}

	@Override
	public long pid() {
		return -1;
	}

	/**
	 * What runs in a slot.
	 *
	 * @param task the task
	 * @param guard delivers its interrupt
	 */
	private record Running(PendingTask task, InterruptGuard guard) {

	}

}
