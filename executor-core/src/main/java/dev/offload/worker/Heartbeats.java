package dev.offload.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.TimeUnit;

import dev.offload.protocol.Message.Heartbeat;
import dev.offload.transport.Connection;

/**
 * Gives the service a sign of life at a steady pace, on a thread that does nothing else:
 * a worker whose tasks are busy lives, one that is stopped does not.
 */
final class Heartbeats implements Runnable {

	private final Connection control;

	private final long millis;

	private Heartbeats(Connection control, long millis) {
		this.control = control;
		this.millis = millis;
	}

	static void start(Connection control, String executor, long millis) {
		Thread thread = new Thread(new Heartbeats(control, millis), executor + "-heartbeat");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void run() {
		try {
			while (true) {
				this.control.send(now());
				await();
			}
		}
		catch (IOException ex) {
			// The connection is gone, and whoever reads from it ends this process.
		}
	}

	// A task may interrupt every thread that it finds, and would so silence its worker.
	private void await() {
		try {
			TimeUnit.MILLISECONDS.sleep(this.millis);
		}
		catch (InterruptedException ex) {
			Thread.onSpinWait();
		}
	}

	private static Heartbeat now() {
		MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		int threads = ManagementFactory.getThreadMXBean().getThreadCount();
		return new Heartbeat(heap.getUsed(), heap.getCommitted(), heap.getMax(), threads);
	}

}
