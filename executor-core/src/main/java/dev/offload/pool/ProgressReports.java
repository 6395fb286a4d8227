package dev.offload.pool;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.SlotListener;
import dev.offload.protocol.Message.Progress;
import dev.offload.protocol.ProtocolException;

/**
 * What the tasks of one slot say of their progress. A worker says it ten times a second
 * at most: one that says more breaks the protocol. Used by one thread at a time.
 */
final class ProgressReports {

	/** Twice what a worker may say in a second, and what it may have ahead. */
	private static final int PER_SECOND = 20;

	private static final int AHEAD = 100;

	private final SlotListener listener;

	/** The number of the task that was heard of last. */
	private long task;

	private long count;

	ProgressReports(SlotListener listener) {
		this.listener = listener;
	}

	/**
	 * A worker has said how far its task is.
	 * @param current the task that the slot runs, {@code null} for none
	 * @param progress what came
	 * @param over whether it may be of a task that was taken out
	 * @throws ProtocolException if the worker may not say this
	 */
	void came(@Nullable PendingTask current, Progress progress, BooleanSupplier over) throws ProtocolException {
		if (current == null && over.getAsBoolean()) {
			return;
		}
		if (current == null || current.number() != progress.task()) {
			throw new ProtocolException("Progress of " + progress.task() + ", which is not the task here");
		}
		if (this.task != progress.task()) {
			this.task = progress.task();
			this.count = 0;
		}
		this.count++;
		if (this.count > AHEAD + PER_SECOND * current.running().toSeconds()) {
			throw new ProtocolException(this.count + " times progress of " + current + " is too often");
		}
		if (!current.isSettled()) {
			this.listener.progressed(current,
					current.submission().progress(progress.done(), progress.total(), progress.text()));
		}
	}

}
