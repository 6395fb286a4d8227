package dev.offload.dispatch;

import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;

/**
 * Brings an executor to its end, once: takes no more tasks, waits for those that there
 * are, stops them, ends the backend. It does not know the executor, which may have been
 * dropped. Safe for use by many threads.
 */
final class Closing {

	private static final Logger logger = LoggerFactory.getLogger(Closing.class);

	/** With the JDK's own thread, which keeps no class loader of an application. */
	private static final Cleaner cleaner = Cleaner.create();

	private final ExecutorSpec spec;

	private final LimitsInForce limits;

	private final Ledger ledger;

	private final TaskLifecycle lifecycle;

	private final SafeListener listener;

	private final Runnable end;

	/** Zero once all has ended. */
	private final CountDownLatch ended = new CountDownLatch(1);

	/** Written once, by the thread that ends all. */
	private volatile @Nullable Thread ender;

	/**
	 * Creates one.
	 * @param limits the limits in force
	 * @param ledger knows what is accepted, and the state
	 * @param lifecycle stops the tasks
	 * @param listener told of the states
	 * @param end ends what ran the tasks; returns when it is gone, or after some seconds
	 */
	Closing(LimitsInForce limits, Ledger ledger, TaskLifecycle lifecycle, SafeListener listener, Runnable end) {
		this.spec = limits.spec();
		this.limits = limits;
		this.ledger = ledger;
		this.lifecycle = lifecycle;
		this.listener = listener;
		this.end = end;
	}

	// Ends all when nobody holds that executor any more and nobody has closed it. A task
	// that waits or runs holds it, so there is none then.
	void whenDropped(DispatchingExecutor executor) {
		cleaner.register(executor, this::dropped);
	}

	// On the thread of the cleaner, which must not wait.
	private void dropped() {
		if (this.ledger.state() != ExecutorState.CLOSED) {
			logger.warn("Executor '{}' was dropped without being closed, and is closed now. Close it when it is "
					+ "not needed any more", this.spec.name());
			Thread thread = new Thread(this::closeNow, this.spec.name() + "-closer");
			thread.setDaemon(true);
			thread.start();
		}
	}

	boolean drain(Duration deadline) {
		stopIntake();
		return this.ledger.awaitEmpty(deadline);
	}

	private void stopIntake() {
		if (this.lifecycle.dispatcher().resume()) {
			this.listener.executorPaused(this.spec.name(), false);
		}
		if (this.ledger.advance(ExecutorState.DRAINING)) {
			this.listener.executorChanged(this.spec.name(), ExecutorState.DRAINING);
		}
	}

	// All within close-timeout: the last part of it is for tasks that heed an interrupt.
	void close() {
		stopIntake();
		long all = TimeUnit.NANOSECONDS.convert(this.spec.closeTimeout());
		long grace = Math.min(all / 2, TimeUnit.NANOSECONDS.convert(this.limits.spec().killGrace()));
		if (!this.ledger.awaitEmptyOrClosed(all - grace) && this.ledger.state() != ExecutorState.CLOSED) {
			this.lifecycle.stops().interruptAll();
			this.ledger.awaitEmptyOrClosed(grace);
		}
		closeNow();
	}

	// Returns when all has ended, also to those that come meanwhile.
	void closeNow() {
		if (!this.ledger.advance(ExecutorState.CLOSED)) {
			awaitEnded();
			return;
		}
		this.ender = Thread.currentThread();
		try {
			this.lifecycle.stops().endAll();
			this.end.run();
		}
		finally {
			this.ended.countDown();
		}
		this.listener.executorChanged(this.spec.name(), ExecutorState.CLOSED);
		this.listener.flush();
	}

	// The end is bounded, so an interrupt is only kept. What the ending thread itself
	// calls, such as a callback that closes once more, must not wait for itself.
	private void awaitEnded() {
		boolean interrupted = false;
		while (!Thread.currentThread().equals(this.ender) && this.ended.getCount() > 0) {
			try {
				this.ended.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
