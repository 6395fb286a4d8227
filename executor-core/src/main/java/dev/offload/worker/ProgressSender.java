package dev.offload.worker;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.offload.transport.Connection;

/**
 * Tells the service how far tasks are, on a thread of its own that comes with the first
 * that says so: tasks never wait for it, and what one of them says too often is told ten
 * times a second. Safe for use by many threads.
 */
final class ProgressSender {

	private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final String executor;

	private final Consumer<Thread> starting;

	private final Queue<Telling> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

	ProgressSender(String executor) {
		this(executor, Thread::start);
	}

	ProgressSender(String executor, Consumer<Thread> starting) {
		this.executor = executor;
		this.starting = starting;
	}

	// Something is to be told of a task, which is not among those that wait; false if no
	// thread can be made for it now.
	boolean add(Telling task) {
		this.waiting.add(task);
		Thread known = this.thread.get();
		if (known == null) {
			known = new Sending(this.executor + "-progress");
			if (this.thread.compareAndSet(null, known)) {
				return start(known) || !this.waiting.remove(task);
			}
		}
		LockSupport.unpark(known);
		return true;
	}

	private boolean start(Thread made) {
		try {
			made.setDaemon(true);
			this.starting.accept(made);
			return true;
		}
		catch (RuntimeException | Error ex) {
			// The task goes on, and the next that has something to tell tries again.
			this.thread.set(null);
			System.err.println("No thread can be made that tells how far tasks are: " + ex);
			return false;
		}
	}

	private void run() {
		while (true) {
			tellAll();
			// They may tell more by now, but not so soon.
			rest();
			while (this.waiting.isEmpty()) {
				LockSupport.park(this);
			}
		}
	}

	private void tellAll() {
		for (int left = this.waiting.size(); left > 0; left--) {
			Telling task = this.waiting.poll();
			try {
				if (task != null) {
					task.tell();
				}
			}
			catch (IOException ex) {
				// The slot meets it too, and ends this process.
			}
			catch (RuntimeException | Error ex) {
				System.err.println("How far a task is could not be told: " + ex);
			}
		}
	}

	private static void rest() {
		long end = System.nanoTime() + INTERVAL_NANOS;
		long left = INTERVAL_NANOS;
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = end - System.nanoTime();
		}
	}

	/**
	 * Has something to tell of a task.
	 */
	interface Telling {

		/**
		 * Tells what there is to tell, and waits no more.
		 * @throws IOException if the connection is lost
		 */
		void tell() throws IOException;

	}

	/**
	 * Where the progress of the tasks of one slot goes.
	 *
	 * @param sender tells it
	 * @param connection the connection of the slot
	 * @param ids what comes before the number of a task in its id
	 */
	record Target(ProgressSender sender, Connection connection, String ids) {

	}

	/**
	 * The thread. It waits in the channels of slots, which an interrupt would close, and
	 * a task may interrupt every thread that it finds.
	 */
	private final class Sending extends Thread {

		Sending(String name) {
			super(null, null, name, 0, false);
		}

		@Override
		public void run() {
			ProgressSender.this.run();
		}

		@Override
		public void interrupt() {
		}

	}

}
