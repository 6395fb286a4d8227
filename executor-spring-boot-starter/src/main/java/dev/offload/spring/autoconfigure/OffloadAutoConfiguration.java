package dev.offload.spring.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import dev.offload.ExecutorRegistry;
import dev.offload.spring.worker.ApplicationSetupProvider;
import dev.offload.spring.worker.OffloadWorker;

/**
 * Auto-configuration of executors: those of the configuration as beans, all of them in
 * one registry.
 * <p>
 * In a worker every executor runs its tasks on the caller's thread, so that a bean that
 * is given one works there as it does in the service, and no worker starts workers.
 */
@AutoConfiguration(afterName = "dev.offload.spring.worker.WorkerContextAutoConfiguration")
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@Import(ExecutorBeansRegistrar.class)
public final class OffloadAutoConfiguration {

	static final String EXECUTORS_BEAN = "offloadConfiguredExecutors";

	/**
	 * Reads the executors of the configuration.
	 * @param environment the configuration
	 * @return the executors, as this JVM has them
	 */
	static ExecutorSpecs readSpecs(Environment environment) {
		return OffloadWorker.isActive() ? ExecutorSpecs.ofWorker(environment) : ExecutorSpecs.ofService(environment);
	}

	/**
	 * Reads the executors of the configuration, and has them customized where they run
	 * tasks.
	 * @param environment the configuration
	 * @param customizers the customizers
	 * @return the executors
	 */
	static ExecutorSpecs customizedSpecs(Environment environment, ObjectProvider<ExecutorSpecCustomizer> customizers) {
		ExecutorSpecs specs = readSpecs(environment);
		return OffloadWorker.isActive() ? specs : specs.customizedBy(customizers.orderedStream().toList());
	}

	@Bean
	static ExecutorSpecs offloadExecutorSpecs(Environment environment,
			ObjectProvider<ExecutorSpecCustomizer> customizers) {
		return customizedSpecs(environment, customizers);
	}

	@Bean(EXECUTORS_BEAN)
	ConfiguredExecutors offloadConfiguredExecutors(ExecutorRegistry registry, ExecutorSpecs specs) {
		return new ConfiguredExecutors(registry, specs);
	}

	@Bean
	@ConditionalOnMissingBean(ExecutorRegistry.class)
	ExecutorRegistry offloadExecutorRegistry(ExecutorSpecs specs, RegistryAssembler assembler,
			ListableBeanFactory beans, Environment environment) {
		ExecutorRegistry registry = assembler.assemble(specs.declaredWithWorkers(),
				CodecChoice.of(beans, specs, environment), keepsTasks(environment));
		specs.made().values().forEach(registry::getOrCreate);
		return registry;
	}

	private static boolean keepsTasks(Environment environment) {
		return !OffloadWorker.isActive() && environment.getProperty("offload.tasks.enabled", Boolean.class, true);
	}

	@Bean
	RegistryAssembler offloadRegistryAssembler(ListableBeanFactory beans) {
		return new RegistryAssembler(beans);
	}

	/**
	 * What there is in the service only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnService
	@EnableConfigurationProperties(OffloadProperties.class)
	static class ServiceConfiguration {

		@Bean
		ExecutorLifecycle offloadExecutorLifecycle(ExecutorRegistry registry, ApplicationContext context) {
			return new ExecutorLifecycle(registry, context);
		}

		@Bean
		UnsentPropertiesCheck offloadUnsentPropertiesCheck(ExecutorSpecs specs,
				ObjectProvider<ApplicationSetupProvider> setups, Environment environment) {
			return new UnsentPropertiesCheck(specs, setups, environment);
		}

		@Bean
		ExecutorsLog offloadExecutorsLog(ExecutorRegistry registry, RegistryAssembler assembler) {
			return new ExecutorsLog(registry, assembler);
		}

		@Bean
		EagerStart offloadEagerStart(ExecutorRegistry registry, ApplicationContext context) {
			return new EagerStart(registry, context);
		}

	}

}
