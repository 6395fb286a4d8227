package dev.offload.spring.actuate;

import java.time.InstantSource;

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
 * Auto-configuration of the health of executors: a component for each below
 * {@code offload}.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnClass({ ConditionalOnEnabledHealthIndicator.class, HealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("offload")
@ConditionalOnBean(ExecutorRegistry.class)
@ConditionalOnService
public final class OffloadHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "offloadHealthIndicator", "offloadHealthContributor" })
	OffloadHealthContributor offloadHealthContributor(ExecutorRegistry registry, RecentTroubles troubles) {
		return new OffloadHealthContributor(registry, troubles);
	}

	// Apart from the contributor, for it is there before the registry that tells it.
	@Bean
	static RecentTroubles offloadRecentTroubles() {
		return new RecentTroubles(InstantSource.system());
	}

}
