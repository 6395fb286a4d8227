package dev.offload.worker;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskContext;
import dev.offload.protocol.Attempt;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.Message.Progress;
import dev.offload.spi.InterruptGuard;
import dev.offload.spi.ProgressText;

/**
 * What a task in a worker knows of itself, and what it says of its progress that was not
 * told yet.
 */
final class WorkerTaskContext implements TaskContext, ProgressSender.Telling {

	private final long task;

	private final Attempt attempt;

	private final long begunNanos;

	private final InterruptGuard guard;

	private final ProgressSender.Target target;

	/** Held while something is told of the task, and to end that. */
	private final ReentrantLock telling = new ReentrantLock();

	/** The last that was said and not told. */
	private final AtomicReference<@Nullable Said> untold = new AtomicReference<>();

	/** Whether it is among those of which something is to be told. */
	private final AtomicBoolean waiting = new AtomicBoolean();

	/** Written with the lock. */
	private volatile boolean ended;

	/** Written by whoever asks first: it is the same each time. */
	private volatile @Nullable Instant deadline;

	WorkerTaskContext(Execute execute, InterruptGuard guard, ProgressSender.Target target) {
		this.task = execute.task();
		this.attempt = execute.attempt();
		this.guard = guard;
		this.target = target;
		this.begunNanos = (this.attempt.millisLeft() >= 0) ? System.nanoTime() : 0;
	}

	@Override
	public String id() {
		String id = this.attempt.id();
		return (id != null) ? id : this.target.ids() + this.task;
	}

	@Override
	public int attempt() {
		return this.attempt.number();
	}

	@Override
	public Optional<Instant> deadline() {
		if (this.attempt.millisLeft() < 0) {
			return Optional.empty();
		}
		Instant known = this.deadline;
		if (known == null) {
			known = Instant.now().plusMillis(millisLeft());
			this.deadline = known;
		}
		return Optional.of(known);
	}

	private long millisLeft() {
		return this.attempt.millisLeft() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.begunNanos);
	}

	@Override
	public boolean isCancelled() {
		return this.guard.isRequested() || (this.attempt.millisLeft() >= 0 && millisLeft() <= 0);
	}

	@Override
	public void progress(long done, long total, @Nullable String message) {
		if (this.ended) {
			return;
		}
		this.untold.set(new Said(done, total, message));
		if (this.waiting.compareAndSet(false, true) && !this.target.sender().add(this)) {
			this.waiting.set(false);
		}
	}

	// The last that was said, on a thread that does nothing else.
	@Override
	public void tell() throws IOException {
		this.telling.lock();
		try {
			this.waiting.set(false);
			Progress progress = this.ended ? null : take();
			if (progress != null) {
				this.target.connection().send(progress);
			}
		}
		finally {
			this.telling.unlock();
		}
	}

	// The task has ended: returns what is still to be told, before the answer.
	@Nullable Progress end() {
		this.telling.lock();
		try {
			this.ended = true;
			return take();
		}
		finally {
			this.telling.unlock();
		}
	}

	private @Nullable Progress take() {
		Said said = this.untold.getAndSet(null);
		return (said != null) ? new Progress(this.task, said.done(), said.total(), cut(said.message())) : null;
	}

	// The service would refuse what is no text in UTF-8, or too long.
	private static @Nullable String cut(@Nullable String text) {
		return (text != null) ? ProgressText.cut(text) : null;
	}

	/**
	 * What a task has said.
	 *
	 * @param done how much is done
	 * @param total how much there is
	 * @param message what is being done
	 */
	private record Said(long done, long total, @Nullable String message) {

	}

}
