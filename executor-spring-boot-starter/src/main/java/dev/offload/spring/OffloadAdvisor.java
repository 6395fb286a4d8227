package dev.offload.spring;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * An interceptor of one bean with the methods that it is for.
 */
final class OffloadAdvisor extends DefaultPointcutAdvisor {

	private static final long serialVersionUID = 1L;

	OffloadAdvisor(BeanMethods methods, MethodInterceptor interceptor) {
		super(new Methods(methods), interceptor);
	}

	/**
	 * Matches the methods, also by their bridges and by the interfaces that declare them.
	 */
	private static final class Methods extends StaticMethodMatcherPointcut {

		private final BeanMethods methods;

		Methods(BeanMethods methods) {
			this.methods = methods;
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return this.methods.find(method, targetClass) != null;
		}

	}

}
