package dev.offload.spring.autoconfigure;

import dev.offload.ExecutorSpec;

/**
 * Changes the settings of the executors of the configuration before they are made. Beans
 * of this type are called for each of them, in their order.
 * <p>
 * Names are those of the configuration, and the type of an executor must stay: beans and
 * methods have been checked by it. In a worker nothing is customized.
 */
@FunctionalInterface
public interface ExecutorSpecCustomizer {

	/**
	 * Changes the settings of one executor.
	 * @param executor its name
	 * @param builder what the configuration says, to be changed
	 */
	void customize(String executor, ExecutorSpec.Builder builder);

}
