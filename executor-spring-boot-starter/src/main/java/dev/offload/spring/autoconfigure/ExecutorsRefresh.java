package dev.offload.spring.autoconfigure;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;

import dev.offload.ExecutorSpec;

/**
 * Reads the settings of executors again whenever the configuration may have changed, and
 * has running executors follow. All of it is read, whatever keys are told of: a setting
 * may be a placeholder for any of them. Safe for use by many threads.
 */
final class ExecutorsRefresh implements ApplicationListener<EnvironmentChangeEvent> {

	private static final Logger logger = LoggerFactory.getLogger(ExecutorsRefresh.class);

	private final SettingsChange change;

	private final Supplier<ExecutorSpecs> reading;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: what the executors follow. */
	private Map<String, ExecutorSpec> followed;

	/** Guarded by the lock: what was wrong at the last time. */
	private @Nullable String lastProblem;

	ExecutorsRefresh(Map<String, ExecutorSpec> followed, SettingsChange change, Supplier<ExecutorSpecs> reading) {
		this.followed = followed;
		this.change = change;
		this.reading = reading;
	}

	@Override
	public void onApplicationEvent(EnvironmentChangeEvent event) {
		this.lock.lock();
		try {
			this.followed = this.change.apply(this.followed, this.reading.get());
			this.lastProblem = null;
		}
		catch (RuntimeException ex) {
			tell(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	// Only with the lock. Many events come while one thing is wrong.
	private void tell(RuntimeException failure) {
		String problem = String.valueOf(failure.getMessage());
		if (!Objects.equals(problem, this.lastProblem)) {
			logger.error("The configuration has changed, and running executors stay as they are: {}", problem,
					(failure instanceof InvalidOffloadSettingsException) ? null : failure);
		}
		this.lastProblem = problem;
	}

}
