package dev.offload.spring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import dev.offload.ExecutorRegistry;

/**
 * Auto-configuration of what happens to running executors when the configuration changes,
 * as Spring Cloud tells it.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnClass(EnvironmentChangeEvent.class)
@ConditionalOnService
public final class OffloadRefreshAutoConfiguration {

	@Bean
	ExecutorsRefresh offloadExecutorsRefresh(ExecutorRegistry registry, ExecutorSpecs specs, Environment environment,
			ObjectProvider<ExecutorSpecCustomizer> customizers) {
		SettingsChange change = new SettingsChange(registry, new SettingPaths(environment), specs.bypassed());
		return new ExecutorsRefresh(specs.made(), change,
				() -> OffloadAutoConfiguration.customizedSpecs(environment, customizers));
	}

}
