package dev.offload.spring.autoconfigure;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

import dev.offload.OffloadExecutor;

/**
 * Registers a bean for each executor of the configuration, with its name as qualifier. A
 * bean of that name that the application has goes before.
 */
final class ExecutorBeansRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String SUFFIX = "OffloadExecutor";

	private final Environment environment;

	ExecutorBeansRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		for (String executor : OffloadAutoConfiguration.readSpecs(this.environment).made().keySet()) {
			String bean = executor + SUFFIX;
			if (!registry.containsBeanDefinition(bean)) {
				registry.registerBeanDefinition(bean, definition(executor));
			}
		}
	}

	// Made by a method of a bean, not by a lambda, so that it can be processed ahead of
	// time.
	private static RootBeanDefinition definition(String executor) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(OffloadExecutor.class);
		definition.setFactoryBeanName(OffloadAutoConfiguration.EXECUTORS_BEAN);
		definition.setFactoryMethodName("executor");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, executor);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, executor));
		// They exist from the start, also where all beans are lazy.
		definition.setLazyInit(false);
		return definition;
	}

}
