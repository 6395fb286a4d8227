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

	private final CallListener listener;

	private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

	/**
	 * Creates one.
	 * @param methods finds the methods
	 * @param executors gives the executors when the first method is called, {@code null}
	 * in a worker, where methods run directly
	 * @param listener told of each call that is given to an executor
	 */
	public OffloadBeanPostProcessor(OffloadMethods methods, @Nullable Supplier<ExecutorRegistry> executors,
			CallListener listener) {
		this.methods = methods;
		this.executors = executors;
		this.listener = listener;
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
		BeanMethods own = new BeanMethods(beanName, found);
		if (bean instanceof Advised advised && !advised.isFrozen()) {
			advise(advised, own);
			return bean;
		}
		ProxyFactory proxy = proxy(bean);
		advise(proxy, own);
		return proxy.getProxy(this.classLoader);
	}

	private void advise(Advised bean, BeanMethods own) {
		AdvicePosition.add(bean, new OffloadAdvisor(own, new OffloadInterceptor(own, this.executors, this.listener)));
		BeanMethods answered = own.withFallback();
		if (this.executors != null && !answered.methods().isEmpty()) {
			bean.addAdvisor(0, new OffloadAdvisor(answered, new FallbackInterceptor(answered)));
		}
	}

	private static ProxyFactory proxy(Object bean) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTarget(bean);
		if (Proxy.isProxyClass(bean.getClass())) {
			factory.setInterfaces(bean.getClass().getInterfaces());
		}
		else {
			factory.setProxyTargetClass(true);
		}
		return factory;
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
