package dev.offload.spring.validation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Checks the methods of all bean definitions before the first bean is made: also of those
 * that are made late or never.
 */
public final class OffloadDefinitionsCheck implements BeanFactoryPostProcessor {

	private final Supplier<OffloadMethodValidator> validator;

	/**
	 * Creates one.
	 * @param validator gives what knows the rules
	 */
	public OffloadDefinitionsCheck(Supplier<OffloadMethodValidator> validator) {
		this.validator = validator;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		OffloadMethodValidator rules = this.validator.get();
		Set<String> problems = new LinkedHashSet<>();
		for (String name : beanFactory.getBeanDefinitionNames()) {
			Class<?> type = typeOf(name, beanFactory);
			if (type != null) {
				problems.addAll(rules.check(name, type, scopeOf(name, beanFactory)));
			}
		}
		if (!problems.isEmpty()) {
			throw new InvalidOffloadMethodException(new ArrayList<>(problems));
		}
	}

	private static @Nullable Class<?> typeOf(String name, ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getMergedBeanDefinition(name).isAbstract()) {
			return null;
		}
		try {
			Class<?> type = beanFactory.getType(name, false);
			return (type != null) ? ClassUtils.getUserClass(type) : null;
		}
		catch (BeansException ex) {
			// Whoever makes the bean gets the same error, with more to say.
			return null;
		}
	}

	/**
	 * The scope of a bean's definition.
	 * @param name the name of the bean
	 * @param beanFactory the factory
	 * @return the scope, or {@code null} if it has no definition
	 */
	static @Nullable String scopeOf(String name, ConfigurableListableBeanFactory beanFactory) {
		if (!beanFactory.containsBeanDefinition(name)) {
			return null;
		}
		String scope = beanFactory.getMergedBeanDefinition(name).getScope();
		return (scope == null || scope.isEmpty()) ? BeanDefinition.SCOPE_SINGLETON : scope;
	}

}
