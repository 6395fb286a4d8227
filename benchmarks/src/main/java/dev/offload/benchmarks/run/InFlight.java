package dev.offload.benchmarks.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * Keeps a number of submitted calls in flight, from one thread: when as many are under
 * way, it waits for the oldest before it submits the next.
 */
public final class InFlight implements Rates.Source {

	private final int window;

	private final Callable<? extends Future<?>> submit;

	/**
	 * Creates one.
	 * @param window how many
	 * @param submit submits one
	 */
	public InFlight(int window, Callable<? extends Future<?>> submit) {
		this.window = window;
		this.submit = submit;
	}

	@Override
	public double perSecond(Duration time) throws Exception {
		Deque<Future<?>> pending = new ArrayDeque<>(this.window);
		long start = System.nanoTime();
		long end = start + time.toNanos();
		long done = 0;
		while (System.nanoTime() < end) {
			if (pending.size() == this.window) {
				pending.removeFirst().get();
				done++;
			}
			pending.addLast(this.submit.call());
		}
		while (!pending.isEmpty()) {
			pending.removeFirst().get();
			done++;
		}
		return done * 1e9 / (System.nanoTime() - start);
	}

}
