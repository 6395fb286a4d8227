package dev.offload.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which an executor decodes and completes futures: made when needed, ended
 * when idle, so a callback that blocks holds up no other.
 */
final class CompletionThreads implements Executor {

	private static final long KEEP_ALIVE_SECONDS = 10;

	private final ThreadPoolExecutor threads;

	CompletionThreads(String executor) {
		AtomicInteger numbers = new AtomicInteger();
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), (action) -> {
					Thread thread = new Thread(action, executor + "-completion-" + numbers.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				}, (action, ignored) -> action.run());
	}

	@Override
	public void execute(Runnable action) {
		this.threads.execute(action);
	}

	void close() {
		this.threads.shutdown();
	}

}
