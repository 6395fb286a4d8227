package dev.offload.spring.metrics;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

import dev.offload.ExecutorRegistry;
import dev.offload.Tasks;
import dev.offload.spring.autoconfigure.ConditionalOnService;

/**
 * Auto-configuration of the meters of executors, where Micrometer is on the class path.
 */
@AutoConfiguration
@ConditionalOnClass(name = "io.micrometer.core.instrument.binder.MeterBinder")
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnService
public final class OffloadMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OffloadMetrics offloadMetrics(ObjectProvider<ExecutorRegistry> executors,
			ObjectProvider<ExecutorMeterConvention> convention) {
		return new OffloadMetrics(SingletonSupplier.of(executors::getObject),
				convention.getIfAvailable(() -> ExecutorMeterConvention.DEFAULT));
	}

	@Bean
	@ConditionalOnMissingBean
	TaskStoreMetrics offloadTaskStoreMetrics(ObjectProvider<Tasks> tasks) {
		return new TaskStoreMetrics(tasks::getIfAvailable);
	}

}
