package dev.offload.pool;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

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

	private final LongSupplier nanos;

	/** The number of the task that was heard of last. */
	private long task;

	private long count;

	/** When that was heard of first, by the clock. */
	private long since;

	ProgressReports(SlotListener listener, LongSupplier nanos) {
		this.listener = listener;
		this.nanos = nanos;
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
		if (isTooOften(progress.task())) {
			throw new ProtocolException(this.count + " times progress of " + current + " is too often");
		}
		if (!current.isSettled()) {
			this.listener.progressed(current,
					current.submission().progress(progress.done(), progress.total(), progress.text()));
		}
	}

	// By a clock of its own: that of a task stands still once it is settled, and one that
	// was cancelled may go on.
	boolean isTooOften(long number) {
		long now = this.nanos.getAsLong();
		if (this.count == 0 || this.task != number) {
			this.task = number;
			this.count = 0;
			this.since = now;
		}
		this.count++;
		return this.count > AHEAD + PER_SECOND * TimeUnit.NANOSECONDS.toSeconds(now - this.since);
	}

}
