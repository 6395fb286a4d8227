package dev.offload.spring.worker;

import java.util.List;
import java.util.Map;

/**
 * One property source of the service, in its place among the others.
 *
 * @param name the name of the source
 * @param kind what a worker does with it
 * @param values its values, none if the worker computes them itself
 */
record ServiceSource(String name, Kind kind, Map<String, String> values) {

	/**
	 * What the names of sources from configuration files begin with.
	 */
	static final String CONFIG_RESOURCE = "Config resource ";

	private static final List<String> CONFIG_PREFIXES = List.of(CONFIG_RESOURCE, "Config tree ");

	ServiceSource {
		values = Map.copyOf(values);
	}

	static ServiceSource recomputed(String name) {
		return new ServiceSource(name, Kind.RECOMPUTED, Map.of());
	}

	static boolean isConfigurationFile(String name) {
		return CONFIG_PREFIXES.stream().anyMatch(name::startsWith);
	}

	boolean isConfigurationFile() {
		return isConfigurationFile(this.name);
	}

	/**
	 * Shows no values: secrets are among them.
	 */
	@Override
	public String toString() {
		return this.kind + " '" + this.name + "' with " + this.values.size() + " properties";
	}

	/**
	 * What a worker does with a source.
	 */
	enum Kind {

		/**
		 * The worker computes it from the same files and arguments; here it only marks a
		 * place.
		 */
		RECOMPUTED,

		/**
		 * The worker takes the service's values, also where it has a source of that name.
		 */
		VALUES,

		/**
		 * System properties, which stand behind the worker's own.
		 */
		SYSTEM_PROPERTIES,

		/**
		 * Variables of the operating system, which stand behind the worker's own.
		 */
		ENVIRONMENT

	}

}
