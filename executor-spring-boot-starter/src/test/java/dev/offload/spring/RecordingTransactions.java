package dev.offload.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions of nothing, that write down on which threads they begin.
 */
class RecordingTransactions extends AbstractPlatformTransactionManager {

	private static final long serialVersionUID = 1L;

	final transient List<String> threads = new CopyOnWriteArrayList<>();

	@Override
	protected Object doGetTransaction() {
		return new Object();
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		this.threads.add(Thread.currentThread().getName());
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		// there is nothing to commit
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		// there is nothing to roll back
	}

}
