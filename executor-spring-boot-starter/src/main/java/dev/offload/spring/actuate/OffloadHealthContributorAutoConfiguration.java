package dev.offload.spring.actuate;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import dev.offload.ExecutorRegistry;
import dev.offload.spring.autoconfigure.ConditionalOnService;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

/**
 * Auto-configuration of the health of executors, as {@code offload}.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnClass({ ConditionalOnEnabledHealthIndicator.class, HealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("offload")
@ConditionalOnBean(ExecutorRegistry.class)
@ConditionalOnService
public final class OffloadHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "offloadHealthIndicator")
	OffloadHealthIndicator offloadHealthIndicator(ExecutorRegistry registry) {
		return new OffloadHealthIndicator(registry);
	}

}
