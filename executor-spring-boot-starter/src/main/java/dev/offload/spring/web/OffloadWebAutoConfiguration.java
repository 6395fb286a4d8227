package dev.offload.spring.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.offload.spring.autoconfigure.ConditionalOnService;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadProperties;

/**
 * Auto-configuration of answers to requests whose tasks failed, in applications of Spring
 * MVC and WebFlux.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(name = "org.springframework.web.bind.annotation.RestControllerAdvice")
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "offload.web.problem-details.enabled", matchIfMissing = true)
@ConditionalOnService
@EnableConfigurationProperties(OffloadProperties.class)
public final class OffloadWebAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OffloadExceptionHandler offloadExceptionHandler(OffloadProperties properties) {
		return new OffloadExceptionHandler(properties.web().problemDetails().retryAfter());
	}

}
