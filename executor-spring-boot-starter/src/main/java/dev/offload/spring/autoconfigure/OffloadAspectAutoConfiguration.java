package dev.offload.spring.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

import dev.offload.ExecutorRegistry;
import dev.offload.spi.PayloadCodec;
import dev.offload.spring.CallListener;
import dev.offload.spring.OffloadBeanPostProcessor;
import dev.offload.spring.OffloadMethods;
import dev.offload.spring.transaction.TransactionWarning;
import dev.offload.spring.validation.OffloadBeansCheck;
import dev.offload.spring.validation.OffloadDefinitionsCheck;
import dev.offload.spring.validation.OffloadMethodValidator;
import dev.offload.spring.worker.OffloadWorker;

/**
 * Auto-configuration of {@link dev.offload.spring.OffloadTo}.
 */
@AutoConfiguration(after = OffloadAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
@ConditionalOnClass(name = "org.springframework.aop.framework.ProxyFactory")
public final class OffloadAspectAutoConfiguration {

	/**
	 * What there is in the service and in its workers.
	 */
	@Configuration(proxyBeanMethods = false)
	static class AdviceConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static OffloadMethods offloadMethods(Environment environment) {
			return new OffloadMethods(environment::resolveRequiredPlaceholders);
		}

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static OffloadBeanPostProcessor offloadBeanPostProcessor(OffloadMethods methods,
				ObjectProvider<ExecutorRegistry> executors, ObjectProvider<CallListener> listeners) {
			Supplier<ExecutorRegistry> lazily = SingletonSupplier.of(executors::getObject);
			Supplier<List<CallListener>> all = SingletonSupplier.of(() -> listeners.orderedStream().toList());
			return new OffloadBeanPostProcessor(methods, OffloadWorker.isActive() ? null : lazily, (bean, method,
					executor) -> all.get().forEach((listener) -> listener.beforeCall(bean, method, executor)));
		}

	}

	/**
	 * What there is in a service that has transactions.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnService
	@ConditionalOnClass(name = "org.springframework.transaction.annotation.Transactional")
	static class TransactionConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static TransactionWarning offloadTransactionWarning() {
			return new TransactionWarning();
		}

	}

	/**
	 * What there is in the service only: a worker is started by a service that passed.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnService
	static class CheckConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static OffloadDefinitionsCheck offloadDefinitionsCheck(ObjectProvider<OffloadMethodValidator> validator) {
			return new OffloadDefinitionsCheck(validator::getObject);
		}

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static OffloadBeansCheck offloadBeansCheck(ObjectProvider<OffloadMethodValidator> validator,
				ConfigurableListableBeanFactory beanFactory) {
			return new OffloadBeansCheck(SingletonSupplier.of(validator::getObject), beanFactory);
		}

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static OffloadMethodValidator offloadMethodValidator(OffloadMethods methods, Environment environment,
				ConfigurableListableBeanFactory beanFactory) {
			boolean ownCodec = beanFactory.getBeanNamesForType(PayloadCodec.class, true, false).length > 0;
			return new OffloadMethodValidator(methods, OffloadAutoConfiguration.readSpecs(environment), !ownCodec);
		}

	}

}
