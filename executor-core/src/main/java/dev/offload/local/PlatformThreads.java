package dev.offload.local;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Platform threads, kept for a while for the next task.
 */
final class PlatformThreads implements TaskThreads {

	private static final long KEEP_ALIVE_SECONDS = 60;

	private final ThreadPoolExecutor threads;

	PlatformThreads(String executor) {
		AtomicInteger numbers = new AtomicInteger();
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), (action) -> {
					Thread thread = new Thread(action, executor + "-task-" + numbers.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
	}

	@Override
	public void execute(Runnable action) {
		this.threads.execute(action);
	}

	@Override
	public void close() {
		this.threads.shutdown();
	}

}
