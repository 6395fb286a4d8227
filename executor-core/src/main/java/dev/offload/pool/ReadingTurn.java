package dev.offload.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to read the answers of one slot: that of its reader, or of the caller
 * that waits for the answer and need not be woken then. The reader rests while callers
 * come one after the other. Only the thread whose turn it is reads; the one that has it
 * passes it on.
 */
final class ReadingTurn {

	/** A reader that rests sees nothing of what a worker says that has no task. */
	static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final AtomicReference<Holder> holder = new AtomicReference<>(Holder.READER);

	/** Whether a task runs in the slot, whose answer somebody has to read. */
	private final BooleanSupplier busy;

	/** Written by the reader before it rests. */
	private volatile @Nullable Thread reader;

	private final long restNanos;

	ReadingTurn(BooleanSupplier busy, long restNanos) {
		this.busy = busy;
		this.restNanos = restNanos;
	}

	// For the reader, which has the turn: returns when it has it again.
	void rest() {
		this.reader = Thread.currentThread();
		this.holder.set(Holder.NOBODY);
		long until = System.nanoTime() + this.restNanos;
		Holder now = this.holder.get();
		while (now != Holder.READER) {
			long left = until - System.nanoTime();
			// whoever gave the slot a task a moment ago has seen that the reader reads
			if (now == Holder.NOBODY && (left <= 0 || this.busy.getAsBoolean())) {
				this.holder.compareAndSet(Holder.NOBODY, Holder.READER);
			}
			else {
				LockSupport.parkNanos(this, (left > 0) ? left : this.restNanos);
				// nobody has a reason to interrupt it
				Thread.interrupted();
			}
			now = this.holder.get();
		}
	}

	// For a caller that has given the slot its task: whether it is to read the answer.
	boolean take() {
		return this.holder.compareAndSet(Holder.NOBODY, Holder.CALLER);
	}

	// For a caller that has the turn and has read its answer.
	void giveBack() {
		this.holder.set(Holder.NOBODY);
		if (this.busy.getAsBoolean()) {
			callReader();
		}
	}

	// For a caller that has the turn and leaves to the reader what is to be done.
	void passOn() {
		this.holder.set(Holder.READER);
		LockSupport.unpark(this.reader);
	}

	// The slot has a task, and nobody who waits for its answer.
	void callReader() {
		if (this.holder.compareAndSet(Holder.NOBODY, Holder.READER)) {
			LockSupport.unpark(this.reader);
		}
	}

	private enum Holder {

		READER, NOBODY, CALLER

	}

}
