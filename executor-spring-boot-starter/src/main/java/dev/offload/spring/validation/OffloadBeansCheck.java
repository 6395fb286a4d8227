package dev.offload.spring.validation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import dev.offload.spring.OffloadBeanPostProcessor;

/**
 * Checks the methods of beans as they are made, for a definition may tell less than the
 * bean: an interface, or nothing of its proxy.
 */
public final class OffloadBeansCheck implements BeanPostProcessor, SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(OffloadBeansCheck.class);

	private static final String MOCKITO = "org.mockito.Mockito";

	private final Supplier<OffloadMethodValidator> validator;

	private final ConfigurableListableBeanFactory beanFactory;

	private final Set<String> checked = ConcurrentHashMap.newKeySet();

	/**
	 * Creates one.
	 * @param validator gives what knows the rules
	 * @param beanFactory the factory of the beans
	 */
	public OffloadBeansCheck(Supplier<OffloadMethodValidator> validator, ConfigurableListableBeanFactory beanFactory) {
		this.validator = validator;
		this.beanFactory = beanFactory;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		Class<?> type = AopUtils.getTargetClass(bean);
		if (!(bean instanceof FactoryBean) && concerns(type) && this.checked.add(beanName + "/" + type.getName())) {
			require(this.validator.get()
				.check(beanName, type, OffloadDefinitionsCheck.scopeOf(beanName, this.beanFactory)));
		}
		return bean;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof Advised proxy && concerns(AopUtils.getTargetClass(bean))) {
			require(this.validator.get().checkProxy(beanName, proxy));
		}
		return bean;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			Object bean = this.beanFactory.getSingleton(name);
			if (bean != null && !(bean instanceof FactoryBean) && concerns(AopUtils.getTargetClass(bean))
					&& !OffloadBeanPostProcessor.isOffloaded(bean) && !isMock(bean)) {
				logger
					.warn("Bean '{}' was made too early for its methods with @OffloadTo: they run where they are called. "
							+ "Something that is needed at the very start of the application, such as a BeanPostProcessor, "
							+ "uses it; let that look it up later (ObjectProvider). Or a test has put another object in its place",
							name);
			}
		}
	}

	// A test puts a mock in the place of a bean as a whole, and past all post-processors.
	// It may be an object of the class itself, so that only Mockito knows.
	private static boolean isMock(Object bean) {
		ClassLoader classLoader = bean.getClass().getClassLoader();
		if (!ClassUtils.isPresent(MOCKITO, classLoader)) {
			return false;
		}
		Method details = ClassUtils.getMethod(ClassUtils.resolveClassName(MOCKITO, classLoader), "mockingDetails",
				Object.class);
		Method isMock = ClassUtils.getMethod(details.getReturnType(), "isMock");
		return Boolean.TRUE
			.equals(ReflectionUtils.invokeMethod(isMock, ReflectionUtils.invokeMethod(details, null, bean)));
	}

	private boolean concerns(Class<?> type) {
		return this.validator.get().concerns(type);
	}

	private static void require(List<String> problems) {
		if (!problems.isEmpty()) {
			throw new InvalidOffloadMethodException(problems);
		}
	}

}
