package dev.offload.spring.autoconfigure;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.StartMode;

/**
 * Starts the workers of eager executors once the application is ready, so that they do
 * not hold up its start.
 */
final class EagerStart implements ApplicationListener<ApplicationReadyEvent> {

	private final ExecutorRegistry registry;

	private final ApplicationContext context;

	EagerStart(ExecutorRegistry registry, ApplicationContext context) {
		this.registry = registry;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		// Applications that start below this one tell it here too.
		if (!event.getApplicationContext().equals(this.context)) {
			return;
		}
		for (OffloadExecutor executor : this.registry.executors().values()) {
			if (executor.spec().start() == StartMode.EAGER) {
				executor.start();
			}
		}
	}

}
