package dev.offload.dispatch;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskContext;
import dev.offload.TaskProgress;
import dev.offload.spi.InterruptGuard;
import dev.offload.spi.ProgressText;

/**
 * What a task in this JVM knows of itself. Its record has each progress at once,
 * listeners hear of some and of the last.
 */
final class LocalTaskContext implements TaskContext {

	private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final PendingTask task;

	private final InterruptGuard guard;

	private final SlotListener listener;

	/** What listeners have not heard of. */
	private final AtomicReference<@Nullable TaskProgress> untold = new AtomicReference<>();

	/** When listeners may hear of the next; moved by whoever tells them. */
	private final AtomicLong next = new AtomicLong(System.nanoTime());

	/** Written by whoever asks first: it is the same each time. */
	private volatile @Nullable Instant deadline;

	/** Written by the thread that ran the task. */
	private volatile boolean ended;

	LocalTaskContext(PendingTask task, InterruptGuard guard, SlotListener listener) {
		this.task = task;
		this.guard = guard;
		this.listener = listener;
	}

	@Override
	public String id() {
		return this.task.id();
	}

	@Override
	public int attempt() {
		return this.task.submission().attempts();
	}

	@Override
	public Optional<Instant> deadline() {
		Instant known = this.deadline;
		long left = (known != null) ? -1 : this.task.millisLeft();
		if (left >= 0) {
			known = this.task.submission().now().plusMillis(left);
			this.deadline = known;
		}
		return Optional.ofNullable(known);
	}

	@Override
	public boolean isCancelled() {
		return this.guard.isRequested() || this.task.isSettled() || this.task.millisLeft() == 0;
	}

	@Override
	public void progress(long done, long total, @Nullable String message) {
		if (this.ended || this.task.isSettled()) {
			return;
		}
		String text = (message == null || ProgressText.isShort(message.length())) ? message : ProgressText.cut(message);
		this.untold.set(this.task.submission().progress(done, total, text));
		long due = this.next.get();
		long now = System.nanoTime();
		if (now - due >= 0 && this.next.compareAndSet(due, now + INTERVAL_NANOS)) {
			tell();
		}
	}

	private void tell() {
		TaskProgress progress = this.untold.getAndSet(null);
		if (progress != null) {
			this.listener.progressed(this.task, progress);
		}
	}

	// The task has ended, and nobody has heard of that yet.
	void end() {
		this.ended = true;
		tell();
	}

}
