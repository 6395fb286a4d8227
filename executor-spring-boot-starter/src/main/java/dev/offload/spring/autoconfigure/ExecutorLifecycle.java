package dev.offload.spring.autoconfigure;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;

/**
 * Closes the executors when their context closes: after the web server has answered its
 * last request and Spring's own task executors have run their last task, and before any
 * bean, such as a data source, is destroyed.
 * <p>
 * A context that is only stopped or paused may be started again, so its executors stay
 * open.
 */
final class ExecutorLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

	/**
	 * Below the phases of web servers, and below that of Spring's task executors, which
	 * is half of the greatest. The greatest phase stops first.
	 */
	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private static final Logger logger = LoggerFactory.getLogger(ExecutorLifecycle.class);

	private final ExecutorRegistry registry;

	private final ApplicationContext context;

	private volatile boolean running;

	private volatile boolean closing;

	ExecutorLifecycle(ExecutorRegistry registry, ApplicationContext context) {
		this.registry = registry;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		// Contexts below this one tell their end here too.
		if (event.getApplicationContext().equals(this.context)) {
			this.closing = true;
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		if (!this.closing) {
			stop();
			callback.run();
			return;
		}
		Thread closer = new Thread(() -> {
			closeAll();
			stop();
			callback.run();
		}, "offload-close");
		closer.setDaemon(true);
		closer.start();
	}

	@Override
	public void stop() {
		this.running = false;
	}

	/**
	 * Closes them at a time, so that it takes no longer than the slowest.
	 */
	private void closeAll() {
		List<Thread> closers = this.registry.executors()
			.values()
			.stream()
			.map(ExecutorLifecycle::closeInBackground)
			.toList();
		for (Thread closer : closers) {
			try {
				closer.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	private static Thread closeInBackground(OffloadExecutor executor) {
		Thread closer = new Thread(() -> {
			try {
				executor.close();
			}
			catch (RuntimeException ex) {
				logger.warn("Executor '{}' did not close well", executor.name(), ex);
			}
		}, executor.name() + "-close");
		closer.setDaemon(true);
		closer.start();
		return closer;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
