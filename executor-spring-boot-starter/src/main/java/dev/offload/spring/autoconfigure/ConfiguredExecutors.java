package dev.offload.spring.autoconfigure;

import org.springframework.core.task.AsyncTaskExecutor;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.spring.OffloadTaskExecutor;

/**
 * Gives the executors of the configuration as beans.
 */
final class ConfiguredExecutors {

	private final ExecutorRegistry registry;

	private final ExecutorSpecs specs;

	ConfiguredExecutors(ExecutorRegistry registry, ExecutorSpecs specs) {
		this.registry = registry;
		this.specs = specs;
	}

	/**
	 * The executor of that name.
	 * @param name the name in the configuration
	 * @return the executor of the registry, made if the application's own registry does
	 * not have it
	 */
	OffloadExecutor executor(String name) {
		ExecutorSpec spec = this.specs.made().get(name);
		return (spec != null) ? this.registry.getOrCreate(spec) : this.registry.require(name);
	}

	/**
	 * The executor of that name as one of Spring.
	 * @param name the name in the configuration
	 * @return a task executor
	 */
	AsyncTaskExecutor taskExecutor(String name) {
		return new OffloadTaskExecutor(executor(name));
	}

}
