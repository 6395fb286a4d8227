package dev.offload.benchmarks.peer;

import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

import net.viktorc.pp4j.api.JavaProcessExecutorService;
import net.viktorc.pp4j.impl.ProcessExecutors;

/**
 * The pool of Java processes of PP4J.
 */
public final class Pp4jPool implements AutoCloseable {

	private final JavaProcessExecutorService executor;

	/**
	 * Starts the processes.
	 * @param processes how many
	 * @throws InterruptedException if it is interrupted
	 */
	public Pp4jPool(int processes) throws InterruptedException {
		this.executor = ProcessExecutors.newFixedJavaProcessPool(processes);
	}

	/**
	 * Submits a task that does nothing worth a mention.
	 * @return its result to come
	 */
	public Future<Long> submit() {
		return this.executor.submit((Callable<Long> & Serializable) () -> 1L);
	}

	@Override
	public void close() {
		this.executor.shutdown();
	}

}
