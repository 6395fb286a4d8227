package dev.offload.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Message.ThreadDump;
import dev.offload.transport.Connection;

/**
 * Tells the service the stacks of this worker's threads, and interrupts a task once they
 * are taken. Each time on a thread of its own, for it waits until every thread has
 * stopped, and control must not.
 */
final class ThreadDumper {

	private static final int MAX_DEPTH = 256;

	private static final int STACK_FRAMES = 20;

	private final Connection control;

	private final String executor;

	private final RunningTasks running;

	ThreadDumper(Connection control, String executor, RunningTasks running) {
		this.control = control;
		this.executor = executor;
		this.running = running;
	}

	/**
	 * Begins to take a dump. Without a thread to do it on the task is interrupted at
	 * once.
	 * @param task the number of the task to interrupt, 0 for none
	 */
	void start(long task) {
		try {
			Thread thread = new Thread(() -> run(task), this.executor + "-dump");
			thread.setDaemon(true);
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			interrupt(task);
		}
	}

	private void run(long task) {
		try {
			ThreadMXBean threads = ManagementFactory.getThreadMXBean();
			Thread thread = this.running.thread(task);
			ThreadInfo[] all = take(threads, task);
			ThreadInfo own = find(all, thread);
			List<String> stack = (own != null) ? top(own) : List.of();
			String text = new ThreadDumpText(threads.findDeadlockedThreads()).of(own, all);
			this.control.send(new ThreadDump(task, stack, text));
		}
		catch (IOException ex) {
			// The connection is gone, and whoever reads from it ends this process.
		}
	}

	// Locks of java.util.concurrent would be looked for in the whole heap.
	private ThreadInfo[] take(ThreadMXBean threads, long task) {
		try {
			return threads.dumpAllThreads(threads.isObjectMonitorUsageSupported(), false, MAX_DEPTH);
		}
		finally {
			interrupt(task);
		}
	}

	private void interrupt(long task) {
		if (task != 0) {
			this.running.interrupt(task);
		}
	}

	@SuppressWarnings("deprecation")
	private static @Nullable ThreadInfo find(ThreadInfo[] all, @Nullable Thread thread) {
		if (thread == null) {
			return null;
		}
		// Its successor threadId() came with Java 19.
		long id = thread.getId();
		return Stream.of(all).filter((info) -> info.getThreadId() == id).findFirst().orElse(null);
	}

	private static List<String> top(ThreadInfo info) {
		return Stream.of(info.getStackTrace()).limit(STACK_FRAMES).map(StackTraceElement::toString).toList();
	}

}
