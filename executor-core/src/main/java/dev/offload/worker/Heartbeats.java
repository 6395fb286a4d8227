package dev.offload.worker;

import java.io.IOException;
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

	private final ThreadGroup root = root();

	private Heartbeats(Connection control, long millis) {
		this.control = control;
		this.millis = millis;
	}

	static void start(Connection control, String executor, long millis) {
		Thread thread = new Thread(new Heartbeats(control, millis), executor + "-heartbeat");
		thread.setDaemon(true);
		thread.start();
	}

	private static ThreadGroup root() {
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		return group;
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

	// Not by the beans of java.lang.management, whose hundred classes a worker would load
	// while it starts.
	private Heartbeat now() {
		Runtime heap = Runtime.getRuntime();
		long committed = heap.totalMemory();
		return new Heartbeat(committed - heap.freeMemory(), committed, heap.maxMemory(), this.root.activeCount());
	}

}
