package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * The methods of one bean that run in executors. Immutable.
 *
 * @param bean the name of the bean
 * @param methods the methods of its own class
 */
record BeanMethods(String bean, Map<Method, OffloadMethod> methods) {

	// Finds the method of a call by a bridge or an interface too.
	@Nullable OffloadMethod find(MethodInvocation invocation) {
		Object target = invocation.getThis();
		Method called = invocation.getMethod();
		return find(called, (target != null) ? AopUtils.getTargetClass(target) : called.getDeclaringClass());
	}

	@Nullable OffloadMethod find(Method called, Class<?> targetClass) {
		return this.methods.get(AopUtils.getMostSpecificMethod(called, targetClass));
	}

	// Those whose failures another method answers.
	BeanMethods withFallback() {
		Map<Method, OffloadMethod> some = new LinkedHashMap<>(this.methods);
		some.values().removeIf((method) -> method.fallback() == null);
		return new BeanMethods(this.bean, Map.copyOf(some));
	}

}
