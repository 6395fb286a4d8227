package dev.offload.spring.security;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Auto-configuration of what tasks take along of Spring Security, in the service and in
 * its workers.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "offload.propagation.authentication")
@ConditionalOnClass(SecurityContextHolder.class)
public final class OffloadSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AuthenticationContextCarrier offloadAuthenticationContextCarrier() {
		return new AuthenticationContextCarrier();
	}

}
