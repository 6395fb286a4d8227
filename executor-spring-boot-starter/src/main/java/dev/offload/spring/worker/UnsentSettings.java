package dev.offload.spring.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySource.StubPropertySource;

/**
 * Finds what of the service's settings its workers do not have, or have with other
 * values: sources that do not tell their names, values made by chance, and connections
 * that do not come from properties. Safe for use by many threads.
 */
final class UnsentSettings {

	// The cached one is that of Spring Cloud.
	private static final List<String> RANDOM = List.of("${random.", "${cachedrandom.");

	// No worker has a server.
	private static final Set<String> OF_THE_SERVER = Set.of("server.port", "management.server.port");

	private final ConfigurableEnvironment environment;

	private final ConfigurableListableBeanFactory beans;

	// Asked for once: the beans are gone while the application ends.
	private volatile @Nullable Map<String, String> connections;

	UnsentSettings(ConfigurableEnvironment environment, ConfigurableListableBeanFactory beans) {
		this.environment = environment;
		this.beans = beans;
	}

	/**
	 * Everything that workers lack.
	 * @param own the properties that the workers have of their own
	 * @return sentences, by what they are about
	 */
	Map<String, String> find(Set<String> own) {
		Map<String, String> found = new LinkedHashMap<>();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				addRandom(enumerable, own, found);
			}
			else if (!(source instanceof StubPropertySource) && !ServiceEnvironment.isComputedAnew(source.getName())) {
				found.put(source.getName(), "Workers do not get the property source '" + source.getName() + "': a "
						+ source.getClass().getName() + " does not tell its names");
			}
		}
		found.putAll(connections());
		return found;
	}

	private static void addRandom(EnumerablePropertySource<?> source, Set<String> own, Map<String, String> found) {
		Set<String> names = new TreeSet<>();
		for (String name : source.getPropertyNames()) {
			if (!own.contains(name) && !OF_THE_SERVER.contains(name)
					&& source.getProperty(name) instanceof CharSequence text
					&& RANDOM.stream().anyMatch(text.toString()::contains)) {
				names.add(name);
			}
		}
		if (!names.isEmpty()) {
			found.put(names + " of " + source.getName(), "Workers get other values than the service for " + names
					+ " of the property source '" + source.getName() + "': they are made by chance");
		}
	}

	private Map<String, String> connections() {
		Map<String, String> known = this.connections;
		if (known == null) {
			known = Map.copyOf(findConnections());
			this.connections = known;
		}
		return known;
	}

	private Map<String, String> findConnections() {
		Map<String, String> found = new LinkedHashMap<>();
		for (String name : this.beans.getBeanNamesForType(ConnectionDetails.class, true, false)) {
			if (!isMadeInTheWorkerToo(name)) {
				Class<?> type = this.beans.getType(name, false);
				found.put(name,
						"Workers do not get the connection details '" + name + "' ("
								+ ((type != null) ? type.getName() : "of unknown type")
								+ "), which do not come from properties, and connect to what the properties say");
			}
		}
		return found;
	}

	// From a class or a bean method. Containers of tests and of docker compose are
	// registered by code that runs in the service only.
	private boolean isMadeInTheWorkerToo(String name) {
		if (!this.beans.containsBeanDefinition(name)) {
			return false;
		}
		BeanDefinition definition = this.beans.getMergedBeanDefinition(name);
		return !(definition instanceof AbstractBeanDefinition withSupplier)
				|| withSupplier.getInstanceSupplier() == null
				// Generated ahead of time from one of these.
				|| withSupplier.getInstanceSupplier() instanceof InstanceSupplier<?>;
	}

	/**
	 * All of it in one text.
	 * @param found what was found
	 * @return the sentences, and what to do
	 */
	static String describe(Map<String, String> found) {
		List<String> sentences = new ArrayList<>(found.values());
		return String.join(". ", sentences) + ". " + ADVICE;
	}

	static final String ADVICE = "Set what their beans need of it under worker.properties of the executor";

}
