package dev.offload.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.offload.ExecutorRegistry;
import dev.offload.Tasks;
import dev.offload.registry.MemoryTaskStore;
import dev.offload.spi.TaskStore;

/**
 * Auto-configuration of {@link Tasks}, and of a store that keeps them in memory where the
 * application has none of its own.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnService
@EnableConfigurationProperties(OffloadProperties.class)
public final class OffloadTasksAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(ExecutorRegistry.class)
	Tasks offloadTasks(ExecutorRegistry registry) {
		return registry.tasks();
	}

	/**
	 * What keeps tasks.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(TaskStore.class)
	@ConditionalOnBooleanProperty(name = "offload.tasks.enabled", matchIfMissing = true)
	static class MemoryConfiguration {

		@Bean
		MemoryTaskStore offloadTaskStore(OffloadProperties properties) {
			TasksProperties tasks = properties.tasks();
			return MemoryTaskStore.builder()
				.maxRecords(tasks.maxRecords())
				.resultTtl(tasks.resultTtl())
				.maxResultBytes(tasks.maxResultSize().toBytes())
				.maxTotalResultBytes(tasks.maxTotalResultSize().toBytes())
				.build();
		}

	}

}
