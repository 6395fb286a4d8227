package dev.offload.spring.worker;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

import dev.offload.OffloadException;
import dev.offload.spi.BoundMethod;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.PlainTargetResolver;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spring.InnerChain;
import dev.offload.spring.reactive.ReactiveMethod;

/**
 * Finds the beans that invocations call. Safe for use by many threads.
 */
final class TargetBeans {

	private final ConfigurableApplicationContext context;

	private final WorkerEnvironment worker;

	// One thread at a time makes beans: no other then sees one that is not complete.
	private final ReentrantLock creation = new ReentrantLock();

	TargetBeans(ConfigurableApplicationContext context, WorkerEnvironment worker) {
		this.context = context;
		this.worker = worker;
	}

	void warmUp(List<String> names) {
		names.forEach((name) -> bean(name, "worker.warm-up names it"));
	}

	BoundMethod resolve(MethodAddress address, ClassLoader loader) throws ReflectiveOperationException {
		String name = address.target();
		Method method = PlainTargetResolver.findMethod(address, loader);
		Object bean = bean(name, address.describe() + " is called there");
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (!method.getDeclaringClass().isAssignableFrom(type)) {
			throw new OffloadException(this.worker.executor(), "Bean '" + name + "' is a " + type.getName() + " in "
					+ this.worker + ", and has no " + address.describe() + "; " + whyDifferent());
		}
		// A prototype is new for each call, so this first one is only looked at.
		return new BeanMethod(this, name, this.context.isSingleton(name) ? bean : null, method,
				ReactiveMethod.of(method));
	}

	private Object bean(String name) {
		this.creation.lock();
		try {
			return this.context.getBean(name);
		}
		finally {
			this.creation.unlock();
		}
	}

	private Object bean(String name, String why) {
		try {
			return bean(name);
		}
		catch (NoSuchBeanDefinitionException ex) {
			if (!name.equals(ex.getBeanName())) {
				throw failed(name, ex);
			}
			throw new OffloadException(this.worker.executor(),
					"There is no bean '" + name + "' in " + this.worker + ", though " + why + "; " + whyDifferent(),
					ex);
		}
		catch (BeansException ex) {
			throw failed(name, ex);
		}
	}

	private OffloadException failed(String name, BeansException failure) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
		return new OffloadException(this.worker.executor(),
				root + ": bean '" + name + "' could not be created in " + this.worker + "; " + whyDifferent(), failure);
	}

	private String whyDifferent() {
		return "a worker starts the application without its web part and with the profiles "
				+ Arrays.toString(this.context.getEnvironment().getActiveProfiles())
				+ ", so look for a profile or condition, for bean definitions added by code that runs before the "
				+ "application or by a test, and for configuration classes missing in worker.sources";
	}

	/**
	 * A method of a bean.
	 *
	 * @param beans where the bean is found
	 * @param name the name of the bean
	 * @param singleton the bean, {@code null} if there is a new one for each call
	 * @param method the method
	 * @param reactive what is waited for, {@code null} if it returns its result itself
	 */
	private record BeanMethod(TargetBeans beans, String name, @Nullable Object singleton, Method method,
			@Nullable ReactiveMethod reactive) implements BoundMethod {

		@Override
		public @Nullable Object invoke(@Nullable Object instance, @Nullable Object[] arguments) throws Throwable {
			return (this.reactive != null) ? this.reactive.await(call(this.reactive.arguments(arguments)))
					: call(arguments);
		}

		@Override
		public @Nullable Object invokeForItems(@Nullable Object instance, @Nullable Object[] arguments)
				throws Throwable {
			ReactiveMethod many = (this.reactive != null && this.reactive.many()) ? this.reactive : null;
			if (many == null && this.reactive != null) {
				return invoke(instance, arguments);
			}
			return InnerChain.invokeForItems(bean(), this.method,
					(many != null) ? many.arguments(arguments) : arguments,
					(result) -> (many != null) ? many.items(result) : result);
		}

		private @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
			return InnerChain.invoke(bean(), this.method, arguments);
		}

		private Object bean() {
			return (this.singleton != null) ? this.singleton : this.beans.bean(this.name);
		}

	}

}
