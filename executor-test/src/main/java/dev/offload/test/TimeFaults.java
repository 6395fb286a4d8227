package dev.offload.test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Ways in which a task takes its time.
 */
final class TimeFaults {

	private TimeFaults() {
	}

	// A counted loop: it has a safepoint only where the JVM was told to put one.
	static long spin() {
		long sum = 0;
		for (int i = 0; i >= 0; i = (i + 1) & Integer.MAX_VALUE) {
			sum += i * 31L;
		}
		return sum;
	}

	static long spinFor(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		long rounds = 0;
		while (System.nanoTime() - end < 0) {
			rounds++;
		}
		return rounds;
	}

	static long sleep(Duration time) throws InterruptedException {
		Thread.sleep(time.toMillis());
		return time.toMillis();
	}

	static int ignoreInterrupts(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		int interrupts = 0;
		long left = time.toNanos();
		while (left > 0) {
			try {
				Thread.sleep(left / 1_000_000 + 1);
			}
			catch (InterruptedException ex) {
				interrupts++;
			}
			left = end - System.nanoTime();
		}
		return interrupts;
	}

	// Two threads that have one lock each and want the other's.
	static int deadlock() throws InterruptedException {
		Object first = new Object();
		Object second = new Object();
		CountDownLatch taken = new CountDownLatch(1);
		synchronized (first) {
			FaultThreads.start("fault-deadlock", () -> {
				synchronized (second) {
					taken.countDown();
					lock(first);
				}
			});
			taken.await();
			lock(second);
			return 0;
		}
	}

	private static void lock(Object monitor) {
		synchronized (monitor) {
			Thread.onSpinWait();
		}
	}

	static boolean interruptItself() {
		Thread.currentThread().interrupt();
		return true;
	}

}
