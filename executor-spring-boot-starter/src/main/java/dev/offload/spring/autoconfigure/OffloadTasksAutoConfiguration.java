package dev.offload.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.offload.ExecutorRegistry;
import dev.offload.Tasks;
import dev.offload.registry.MemoryTaskStore;
import dev.offload.spi.TaskStore;
import dev.offload.spring.store.CaffeineTaskCache;

/**
 * Auto-configuration of {@link Tasks}, and of a store that keeps them in memory where the
 * application has none of its own.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnService
@EnableConfigurationProperties(OffloadProperties.class)
public final class OffloadTasksAutoConfiguration {

	/**
	 * A class of Caffeine that is there since 3.1: with an older one tasks are kept
	 * without it.
	 */
	private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Policy$CacheEntry";

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(ExecutorRegistry.class)
	Tasks offloadTasks(ExecutorRegistry registry) {
		return registry.tasks();
	}

	private static MemoryTaskStore.Builder inMemory(OffloadProperties properties) {
		TasksProperties tasks = properties.tasks();
		return MemoryTaskStore.builder()
			.maxRecords(tasks.maxRecords())
			.resultTtl(tasks.resultTtl())
			.maxResultBytes(tasks.maxResultSize().toBytes())
			.maxTotalResultBytes(tasks.maxTotalResultSize().toBytes());
	}

	/**
	 * What keeps tasks, in caches of Caffeine.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = CAFFEINE)
	@ConditionalOnMissingBean(TaskStore.class)
	@ConditionalOnBooleanProperty(name = "offload.tasks.enabled", matchIfMissing = true)
	static class CaffeineConfiguration {

		@Bean
		MemoryTaskStore offloadTaskStore(OffloadProperties properties) {
			return inMemory(properties).cache(CaffeineTaskCache::new).build();
		}

	}

	/**
	 * What keeps tasks where the application has no Caffeine, or an old one.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass(CAFFEINE)
	@ConditionalOnMissingBean(TaskStore.class)
	@ConditionalOnBooleanProperty(name = "offload.tasks.enabled", matchIfMissing = true)
	static class MemoryConfiguration {

		@Bean
		MemoryTaskStore offloadTaskStore(OffloadProperties properties) {
			return inMemory(properties).build();
		}

	}

}
