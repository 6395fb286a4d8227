package dev.offload.spring.actuate;

import java.util.Set;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.offload.ExecutorRegistry;
import dev.offload.spring.autoconfigure.ConditionalOnService;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

/**
 * Auto-configuration of {@link ExecutorsEndpoint} and {@link ExecutorWorkersEndpoint},
 * where the actuator is on the class path and the endpoint is exposed.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(ExecutorRegistry.class)
@ConditionalOnService
public final class OffloadEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	ExecutorsEndpoint executorsEndpoint(ExecutorRegistry registry) {
		return new ExecutorsEndpoint(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	ExecutorWorkersEndpoint executorWorkersEndpoint(ExecutorRegistry registry) {
		return new ExecutorWorkersEndpoint(registry);
	}

	@Bean
	RefusalAdvisor offloadRefusalAdvisor() {
		return new RefusalAdvisor(Set.of(EndpointId.of("executors"), EndpointId.of("executorworkers")));
	}

}
