package dev.offload.dispatch;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Tells once who waits for room for a task that has a deadline: when there may be room,
 * or at the deadline. Safe for use by many threads.
 */
final class RoomCall implements Runnable {

	private final Runnable action;

	private final AtomicBoolean told = new AtomicBoolean();

	/** Written by the thread that asked for room. */
	private volatile @Nullable Future<?> timer;

	private RoomCall(Runnable action) {
		this.action = action;
	}

	// What has no deadline needs nothing around it.
	static Runnable of(Submission submission, Runnable whenRoom) {
		return (submission.options().deadline() != null) ? new RoomCall(whenRoom) : whenRoom;
	}

	// Once it is sure that there was no room.
	void endBy(Deadlines deadlines, long nanos) {
		this.timer = deadlines.schedule(nanos, this);
		if (this.told.get()) {
			cancelTimer();
		}
	}

	@Override
	public void run() {
		if (this.told.compareAndSet(false, true)) {
			cancelTimer();
			this.action.run();
		}
	}

	private void cancelTimer() {
		Future<?> running = this.timer;
		if (running != null) {
			running.cancel(false);
		}
	}

}
