package dev.offload.advised;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

import dev.offload.OffloadExecutor;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadPropagationAutoConfiguration;
import dev.offload.spring.security.OffloadSecurityAutoConfiguration;
import dev.offload.spring.worker.WorkerContextAutoConfiguration;

/**
 * An application with transactions, validation and retries, and without a server or a
 * database.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableResilientMethods
@EnableTransactionManagement
@ImportAutoConfiguration({ WorkerContextAutoConfiguration.class, OffloadAutoConfiguration.class,
		OffloadAspectAutoConfiguration.class, OffloadPropagationAutoConfiguration.class,
		OffloadSecurityAutoConfiguration.class })
public class AdvisedApplication {

	@Bean
	static MethodValidationPostProcessor methodValidation() {
		return new MethodValidationPostProcessor();
	}

	@Bean
	AdvisedService advisedService(@Qualifier("pdf") OffloadExecutor executor) {
		return new AdvisedService(executor);
	}

	@Bean
	KotlinService kotlinService() {
		return new KotlinService();
	}

	@Bean
	KotlinCaller kotlinCaller(KotlinService service) {
		return new KotlinCaller(service);
	}

	@Bean
	SuspendingService suspendingService() {
		return new SuspendingService();
	}

	@Bean
	SuspendingCaller suspendingCaller(SuspendingService service) {
		return new SuspendingCaller(service);
	}

	@Bean
	EmptyTransactions transactions() {
		return new EmptyTransactions();
	}

	/**
	 * Transactions in which nothing happens.
	 */
	static class EmptyTransactions extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1L;

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(@Nullable Object transaction, TransactionDefinition definition) {
			this.logger.debug("begin");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.logger.debug("commit");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			this.logger.debug("rollback");
		}

	}

}
