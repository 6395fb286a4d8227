package dev.offload.test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Threads that tasks leave behind.
 */
final class FaultThreads {

	private FaultThreads() {
	}

	// Runs something when the task has ended, most likely.
	static void later(String name, Duration delay, Runnable action) {
		start(name, () -> {
			try {
				Thread.sleep(delay.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			action.run();
		});
	}

	static int leak(int number) {
		CountDownLatch never = new CountDownLatch(1);
		for (int i = 0; i < number; i++) {
			start("fault-leak-" + i, () -> {
				try {
					never.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
		}
		return number;
	}

	static int throwLater(Duration delay) {
		later("fault-throw", delay, () -> {
			throw new IllegalStateException("Thrown by a thread that a task has left behind");
		});
		return 0;
	}

	static Thread start(String name, Runnable action) {
		Thread thread = new Thread(action, name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
