package dev.offload.spring.transaction;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.spring.CallListener;
import dev.offload.spring.OffloadMethod;

/**
 * Warns, once for each method, that it was called inside of a transaction, which stays
 * behind. A method that says that it wants none of its caller's is left alone.
 */
public final class TransactionWarning implements CallListener {

	private static final Logger logger = LoggerFactory.getLogger(TransactionWarning.class);

	private final AnnotationTransactionAttributeSource transactions = new AnnotationTransactionAttributeSource(false);

	private final Set<Method> known = ConcurrentHashMap.newKeySet();

	@Override
	public void beforeCall(String bean, OffloadMethod method, OffloadExecutor executor) {
		if (TransactionSynchronizationManager.isActualTransactionActive()
				&& !executor.spec().type().equals(ExecutorSpec.INLINE) && this.known.add(method.method())
				&& !standsAlone(method.method())) {
			warn(bean, method.method(), executor.name());
		}
	}

	private boolean standsAlone(Method method) {
		TransactionAttribute own = this.transactions.getTransactionAttribute(method, method.getDeclaringClass());
		return own != null && (own.getPropagationBehavior() == TransactionDefinition.PROPAGATION_REQUIRES_NEW
				|| own.getPropagationBehavior() == TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
	}

	private static void warn(String bean, Method method, String executor) {
		logger.warn("Bean '{}': {}.{} was called inside of a transaction, which does not travel to executor '{}': "
				+ "it does not see what that has not committed, what it writes is not rolled back with it, and it may wait "
				+ "for its locks. Call it after the commit, such as from a @TransactionalEventListener; or say that this is "
				+ "meant by @Transactional(propagation = REQUIRES_NEW), or NOT_SUPPORTED, on the method. This is told once "
				+ "for each method", bean, method.getDeclaringClass().getSimpleName(), method.getName(), executor);
	}

}
