package dev.offload.spring.actuate;

import java.util.Set;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.offload.ExecutorRegistry;
import dev.offload.Tasks;
import dev.offload.spring.autoconfigure.ConditionalOnService;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadTasksAutoConfiguration;

/**
 * Auto-configuration of {@link ExecutorsEndpoint}, {@link ExecutorWorkersEndpoint} and
 * {@link ExecutorTasksEndpoint}, where the actuator is on the class path and the endpoint
 * is exposed.
 */
@AutoConfiguration(after = { OffloadAutoConfiguration.class, OffloadTasksAutoConfiguration.class })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(ExecutorRegistry.class)
@ConditionalOnService
@EnableConfigurationProperties(ExecutorTasksProperties.class)
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
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnBean(Tasks.class)
	ExecutorTasksEndpoint executorTasksEndpoint(Tasks tasks, ObjectProvider<SanitizingFunction> sanitizing,
			ExecutorTasksProperties properties) {
		return new ExecutorTasksEndpoint(tasks, sanitizing.orderedStream().toList(), properties.showValues(),
				properties.rolesOrNone());
	}

	@Bean
	RefusalAdvisor offloadRefusalAdvisor() {
		return new RefusalAdvisor(
				Set.of(EndpointId.of("executors"), EndpointId.of("executorworkers"), EndpointId.of("executortasks")));
	}

}
