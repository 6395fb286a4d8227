package dev.offload.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;

import dev.offload.ExecutorRegistry;

/**
 * Makes the annotated methods of beans run in executors. It has no order on purpose, so
 * it runs after all post-processors that have one and finds their proxies made.
 */
public final class OffloadBeanPostProcessor implements BeanPostProcessor, BeanClassLoaderAware {

	private final OffloadMethods methods;

	private final @Nullable Supplier<ExecutorRegistry> executors;

	private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

	/**
	 * Creates one.
	 * @param methods finds the methods
	 * @param executors gives the executors when the first method is called, {@code null}
	 * in a worker, where methods run directly
	 */
	public OffloadBeanPostProcessor(OffloadMethods methods, @Nullable Supplier<ExecutorRegistry> executors) {
		this.methods = methods;
		this.executors = executors;
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		// A scoped proxy stands before the bean, and it is the bean that has the advice.
		if (bean instanceof AopInfrastructureBean || bean instanceof FactoryBean || bean instanceof ScopedObject) {
			return bean;
		}
		Class<?> type = AopUtils.getTargetClass(bean);
		Map<Method, OffloadMethod> found = this.methods.of(type);
		if (found.isEmpty()) {
			return bean;
		}
		OffloadAdvisor advisor = new OffloadAdvisor(found, new OffloadInterceptor(beanName, found, this.executors));
		if (bean instanceof Advised advised && !advised.isFrozen()) {
			AdvicePosition.add(advised, advisor);
			return bean;
		}
		return proxy(bean, advisor);
	}

	private Object proxy(Object bean, Advisor advisor) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTarget(bean);
		if (Proxy.isProxyClass(bean.getClass())) {
			factory.setInterfaces(bean.getClass().getInterfaces());
		}
		else {
			factory.setProxyTargetClass(true);
		}
		factory.addAdvisor(advisor);
		return factory.getProxy(this.classLoader);
	}

	/**
	 * Whether calls of a bean's annotated methods go through this advice.
	 * @param bean the bean as others see it
	 * @return {@code true} if it is a proxy that has the advice
	 */
	public static boolean isOffloaded(Object bean) {
		if (bean instanceof Advised advised) {
			for (Advisor advisor : advised.getAdvisors()) {
				if (advisor instanceof OffloadAdvisor) {
					return true;
				}
			}
		}
		return false;
	}

}
