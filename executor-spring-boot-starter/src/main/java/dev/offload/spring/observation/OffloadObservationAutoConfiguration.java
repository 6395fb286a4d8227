package dev.offload.spring.observation;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the observations of tasks, in the service and in its workers,
 * where there is an {@link ObservationRegistry}.
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(name = "io.micrometer.observation.ObservationRegistry")
@ConditionalOnBean(type = "io.micrometer.observation.ObservationRegistry")
@ConditionalOnBooleanProperty(name = { "offload.enabled", "offload.observation.enabled" }, matchIfMissing = true)
public final class OffloadObservationAutoConfiguration {

	private static final String TRACER = "io.micrometer.tracing.Tracer";

	// A worker without a tracer is never asked to continue a trace, and need not create
	// what observations need.
	@Bean
	@ConditionalOnMissingBean
	ObservationContextCarrier offloadObservationContextCarrier(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<OffloadObservationConvention> convention, ConfigurableListableBeanFactory beans) {
		return new ObservationContextCarrier(hasTracer(beans) ? SingletonSupplier.of(registry.getObject())
				: SingletonSupplier.of(registry::getObject), convention.getIfAvailable());
	}

	private static boolean hasTracer(ConfigurableListableBeanFactory beans) {
		ClassLoader loader = beans.getBeanClassLoader();
		return ClassUtils.isPresent(TRACER, loader)
				&& beans.getBeanNamesForType(ClassUtils.resolveClassName(TRACER, loader), true, false).length > 0;
	}

}
