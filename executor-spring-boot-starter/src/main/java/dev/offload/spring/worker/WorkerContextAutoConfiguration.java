package dev.offload.spring.worker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import dev.offload.spi.WorkerSetupProvider;

/**
 * Auto-configuration of what workers are given by the application.
 */
@AutoConfiguration
public final class WorkerContextAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(WorkerSetupProvider.class)
	ApplicationSetupProvider workerSetupProvider(ConfigurableApplicationContext context) {
		return new ApplicationSetupProvider(context);
	}

}
