package dev.offload.spring.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * Names the meters of executors and says which tags they have. A bean of this type
 * replaces the names and tags that Offload gives. Filters of meters come after it.
 */
public interface ExecutorMeterConvention {

	/**
	 * The names and tags that there are without a convention of the application's own.
	 */
	ExecutorMeterConvention DEFAULT = new ExecutorMeterConvention() {
	};

	/**
	 * The name of a meter.
	 * @param meter what it measures, such as {@code pending} or {@code workers.started}
	 * @return the name, different for each, by default after {@code offload.executor.}
	 */
	default String name(String meter) {
		return "offload.executor." + meter;
	}

	/**
	 * The tags of all meters of an executor. Some have one more: {@code state},
	 * {@code outcome} or {@code reason}.
	 * @param executor the name of the executor
	 * @return the tags, different for each executor and with the same keys, by default
	 * the name as {@code name}
	 */
	default Tags tags(String executor) {
		return Tags.of("name", executor);
	}

}
