package dev.offload.spring.event;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import dev.offload.spring.autoconfigure.ConditionalOnService;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

/**
 * Auto-configuration of what happens in executors as application events.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "offload.events.enabled", matchIfMissing = true)
@ConditionalOnService
public final class OffloadEventsAutoConfiguration {

	@Bean
	EventListeners offloadEventListeners(ApplicationContext context) {
		return new EventListeners(context);
	}

	@Bean
	TaskEventPublisher offloadTaskEventPublisher(EventListeners listeners) {
		return new TaskEventPublisher(listeners);
	}

	@Bean
	ExecutorEventPublisher offloadExecutorEventPublisher(EventListeners listeners) {
		return new ExecutorEventPublisher(listeners);
	}

}
