package dev.offload.spring.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.offload.ExecutorRegistry;
import dev.offload.spring.autoconfigure.ConditionalOnService;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadProperties;
import dev.offload.spring.autoconfigure.WebProperties;

/**
 * Auto-configuration of streams of what happens to tasks, in applications of Spring MVC
 * that want them.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "org.springframework.web.servlet.mvc.method.annotation.SseEmitter")
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "offload.web.events.enabled")
@ConditionalOnService
@EnableConfigurationProperties(OffloadProperties.class)
public final class OffloadWebEventsAutoConfiguration {

	@Bean
	TaskEventStreams offloadTaskEventStreams(OffloadProperties properties) {
		WebProperties.Events settings = properties.web().events();
		return new TaskEventStreams(settings.heartbeat(), settings.maxStreams());
	}

	@Bean
	TaskEventStreamsController offloadTaskEventStreamsController(ExecutorRegistry registry, TaskEventStreams streams) {
		return new TaskEventStreamsController(registry, streams);
	}

}
