package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.Set;

import org.springframework.aop.Advisor;
import org.springframework.aop.MethodMatcher;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcher;

/**
 * Says where among a bean's advice the offload advice stands: inside of everything but
 * the transaction.
 * <p>
 * A transaction cannot travel, so it is opened where the method runs. Caching,
 * validation, security and aspects of the application work with what the service holds,
 * so they run there, and once: also those that stand inside of the transaction otherwise,
 * which is where many end by default. For methods that are not offloaded nothing changes.
 */
final class AdvicePosition {

	/** By name, for transactions need not be on the class path. */
	private static final Set<String> INSIDE = Set.of(
			"org.springframework.transaction.interceptor.TransactionInterceptor",
			"org.springframework.dao.support.PersistenceExceptionTranslationInterceptor");

	private AdvicePosition() {
	}

	/**
	 * Puts the offload advice into its place.
	 * @param bean the proxy
	 * @param offload the advice
	 */
	static void add(Advised bean, PointcutAdvisor offload) {
		MethodMatcher offloaded = offload.getPointcut().getMethodMatcher();
		Advisor[] advisors = bean.getAdvisors();
		bean.addAdvisor(offload);
		for (Advisor advisor : advisors) {
			if (advisor instanceof PointcutAdvisor candidate && isInside(candidate)) {
				bean.replaceAdvisor(advisor, limited(candidate, not(offloaded)));
				bean.addAdvisor(limited(candidate, offloaded));
			}
		}
	}

	private static boolean isInside(Advisor advisor) {
		for (Class<?> type = advisor.getAdvice().getClass(); type != null; type = type.getSuperclass()) {
			if (INSIDE.contains(type.getName())) {
				return true;
			}
		}
		return false;
	}

	private static Advisor limited(PointcutAdvisor advisor, MethodMatcher methods) {
		Pointcut pointcut = new ComposablePointcut(advisor.getPointcut()).intersection(methods);
		return new DefaultPointcutAdvisor(pointcut, advisor.getAdvice());
	}

	private static MethodMatcher not(MethodMatcher methods) {
		return new StaticMethodMatcher() {

			@Override
			public boolean matches(Method method, Class<?> targetClass) {
				return !methods.matches(method, targetClass);
			}

		};
	}

}
