package dev.offload.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.offload.WorkerSpec;

/**
 * What a {@link WorkerCommandCustomizer} can change. Not safe for use by many threads.
 */
public final class WorkerOptions {

	private final List<String> jvmArgs;

	private final Map<String, String> environment;

	/**
	 * Creates one.
	 * @param worker the settings of the worker, with which it begins
	 */
	public WorkerOptions(WorkerSpec worker) {
		this.jvmArgs = new ArrayList<>(worker.jvmArgs());
		this.environment = new LinkedHashMap<>(worker.environment());
	}

	/**
	 * The options of the JVM that stand after those inherited and ours:
	 * {@code worker.jvm-args}, and what customizers made of it.
	 * @return the options, to be changed
	 */
	public List<String> jvmArgs() {
		return this.jvmArgs;
	}

	/**
	 * The variables beside those inherited: {@code worker.environment}, and what
	 * customizers made of it.
	 * @return the variables, to be changed
	 */
	public Map<String, String> environment() {
		return this.environment;
	}

}
