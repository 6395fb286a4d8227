package dev.offload.spring.autoconfigure;

import dev.offload.ExecutorSpec;

/**
 * Changes the settings of the executors of the configuration before they are made. Beans
 * of this type are called for each of them, in their order.
 * <p>
 * Names are those of the configuration, and the type and {@code codec-round-trip} of an
 * executor must stay: beans and methods have been checked by them. In a worker nothing is
 * customized.
 * <p>
 * What the configuration leaves open is computed before: an executor of type
 * {@code virtual} has as many {@code max-workers} as {@code max-pending} was then. A
 * customizer that sets one of them sets the other too if it must follow.
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
