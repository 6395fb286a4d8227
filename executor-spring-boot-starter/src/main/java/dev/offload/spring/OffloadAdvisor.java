package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.Map;

import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * The interceptor of one bean with the methods that it is for.
 */
final class OffloadAdvisor extends DefaultPointcutAdvisor {

	private static final long serialVersionUID = 1L;

	OffloadAdvisor(Map<Method, OffloadMethod> methods, OffloadInterceptor interceptor) {
		super(new Methods(methods), interceptor);
	}

	/**
	 * Matches the methods, also by their bridges and by the interfaces that declare them.
	 */
	private static final class Methods extends StaticMethodMatcherPointcut {

		private final Map<Method, OffloadMethod> methods;

		Methods(Map<Method, OffloadMethod> methods) {
			this.methods = methods;
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return this.methods.containsKey(AopUtils.getMostSpecificMethod(method, targetClass));
		}

	}

}
