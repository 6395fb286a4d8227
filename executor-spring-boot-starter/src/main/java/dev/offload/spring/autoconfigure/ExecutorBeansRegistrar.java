package dev.offload.spring.autoconfigure;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.type.AnnotationMetadata;

import dev.offload.OffloadExecutor;

/**
 * Registers a bean for each executor of the configuration, with its name as qualifier,
 * and one of Spring's task executors for those that are to be such. A bean of that name
 * that the application has goes before.
 */
final class ExecutorBeansRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String SUFFIX = "OffloadExecutor";

	private static final String TASK_EXECUTOR_SUFFIX = "TaskExecutor";

	private final Environment environment;

	ExecutorBeansRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		ExecutorSpecs specs = OffloadAutoConfiguration.readSpecs(this.environment);
		for (String executor : specs.made().keySet()) {
			register(registry, executor + SUFFIX, definition(executor, OffloadExecutor.class, "executor"));
		}
		for (String executor : specs.taskExecutors()) {
			register(registry, executor + TASK_EXECUTOR_SUFFIX, taskExecutor(executor));
		}
	}

	private static void register(BeanDefinitionRegistry registry, String bean, RootBeanDefinition definition) {
		if (!registry.containsBeanDefinition(bean)) {
			registry.registerBeanDefinition(bean, definition);
		}
	}

	// Found by its name or qualifier only, so that the applicationTaskExecutor of Spring
	// Boot stays and stays the default.
	private static RootBeanDefinition taskExecutor(String executor) {
		RootBeanDefinition definition = definition(executor, AsyncTaskExecutor.class, "taskExecutor");
		definition.setDefaultCandidate(false);
		return definition;
	}

	// Made by a method of a bean, not by a lambda, so that it can be processed ahead of
	// time.
	private static RootBeanDefinition definition(String executor, Class<?> type, String method) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(OffloadAutoConfiguration.EXECUTORS_BEAN);
		definition.setFactoryMethodName(method);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, executor);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, executor));
		// They exist from the start, also where all beans are lazy.
		definition.setLazyInit(false);
		return definition;
	}

}
