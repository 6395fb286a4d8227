package dev.offload.spring;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/**
 * What became of a call in its executor. The offload advice leaves it with the
 * invocation, for the advice that stands outside of all others: what those throw is not
 * the call's.
 *
 * @param thrown what the offload advice threw, {@code null} if a future, or a stream, is
 * to tell
 * @param failure why the call failed
 */
record CallOutcome(@Nullable Throwable thrown, @Nullable Throwable failure) {

	private static final String ATTRIBUTE = CallOutcome.class.getName();

	private static final CallOutcome IN_FUTURE = new CallOutcome(null, null);

	static void isInFuture(ProxyMethodInvocation invocation) {
		invocation.setUserAttribute(ATTRIBUTE, IN_FUTURE);
	}

	static void failed(ProxyMethodInvocation invocation, Throwable thrown, Throwable failure) {
		invocation.setUserAttribute(ATTRIBUTE, new CallOutcome(thrown, failure));
	}

	// The offload advice has returned, so whatever is thrown on is of another.
	static boolean isInFuture(MethodInvocation invocation) {
		return IN_FUTURE.equals(((ProxyMethodInvocation) invocation).getUserAttribute(ATTRIBUTE));
	}

	/**
	 * Why the call failed, if it did.
	 * @param invocation the invocation
	 * @param thrown what arrived of it
	 * @return the failure, or {@code null} if it is of another advice
	 */
	// What is thrown on is the very same.
	@SuppressWarnings("ReferenceEquality")
	static @Nullable Throwable failure(MethodInvocation invocation, Throwable thrown) {
		Object left = ((ProxyMethodInvocation) invocation).getUserAttribute(ATTRIBUTE);
		if (!(left instanceof CallOutcome outcome)) {
			return null;
		}
		if (outcome.thrown == null) {
			return thrown;
		}
		return (outcome.thrown == thrown) ? outcome.failure : null;
	}

}
