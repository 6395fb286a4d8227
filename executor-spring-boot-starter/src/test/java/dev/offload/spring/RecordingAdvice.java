package dev.offload.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;

/**
 * Puts an advice around every bean of a type, as a user's aspect, and writes down on
 * which threads it ran.
 */
class RecordingAdvice extends AbstractAdvisingBeanPostProcessor implements MethodInterceptor {

	private static final long serialVersionUID = 1L;

	final transient List<String> threads = new CopyOnWriteArrayList<>();

	private final transient Class<?> type;

	RecordingAdvice(Class<?> type) {
		this.type = type;
		this.advisor = new DefaultPointcutAdvisor(this);
	}

	@Override
	protected boolean isEligible(Class<?> beanType) {
		return this.type.isAssignableFrom(beanType);
	}

	@Override
	public Object invoke(MethodInvocation invocation) throws Throwable {
		this.threads.add(Thread.currentThread().getName());
		return invocation.proceed();
	}

	Advisor advisor() {
		return this.advisor;
	}

}
