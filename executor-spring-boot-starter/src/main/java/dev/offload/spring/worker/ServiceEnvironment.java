package dev.offload.spring.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads the environment of the service for its workers: everything that they cannot
 * compute themselves. Values are taken as they are written, with their placeholders.
 */
final class ServiceEnvironment {

	/**
	 * The system properties of the service, behind those of the worker.
	 */
	static final String SYSTEM_PROPERTIES = "offloadServiceSystemProperties";

	// The cached one is that of Spring Cloud.
	private static final Set<String> RECOMPUTED = Set.of("commandLineArgs", "random", "cachedrandom",
			"applicationInfo");

	// A view of all others.
	private static final String VIEW = "configurationProperties";

	private final ConfigurableEnvironment environment;

	ServiceEnvironment(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * The profiles of a worker. Where the service has none it has the default ones, and
	 * they stay although the worker has some.
	 * @param more profiles of this worker
	 * @return all of them, the strongest last
	 */
	List<String> profiles(List<String> more) {
		String[] active = this.environment.getActiveProfiles();
		Set<String> profiles = new LinkedHashSet<>(
				List.of((active.length > 0) ? active : this.environment.getDefaultProfiles()));
		profiles.addAll(more);
		profiles.add(OffloadWorker.PROFILE);
		return List.copyOf(profiles);
	}

	/**
	 * The property sources.
	 * @param sameDirectory whether the worker runs where the service does, and so finds
	 * the same files
	 * @return the sources, the strongest first
	 */
	List<ServiceSource> sources(boolean sameDirectory) {
		List<ServiceSource> sources = new ArrayList<>();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (!source.getName().equals(VIEW)) {
				add(source, sameDirectory, sources);
			}
		}
		return sources;
	}

	private void add(PropertySource<?> source, boolean sameDirectory, List<ServiceSource> sources) {
		String name = source.getName();
		if (isRecomputed(name, sameDirectory)) {
			sources.add(ServiceSource.recomputed(name));
		}
		else if (!(source instanceof EnumerablePropertySource<?> enumerable)) {
			// It does not tell its names: see UnsentSettings.
			return;
		}
		else if (name.equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			sources.add(ServiceSource.recomputed(name));
			sources.add(new ServiceSource(SYSTEM_PROPERTIES, ServiceSource.Kind.SYSTEM_PROPERTIES, values(enumerable)));
		}
		else if (name.equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
			sources.add(new ServiceSource(name, ServiceSource.Kind.ENVIRONMENT, values(enumerable)));
		}
		else {
			sources.add(new ServiceSource(name, ServiceSource.Kind.VALUES, values(enumerable)));
		}
	}

	/**
	 * Whether a worker computes a source itself, wherever it runs.
	 * @param name the name of the source
	 * @return {@code true} if it does, and for the view of all others
	 */
	static boolean isComputedAnew(String name) {
		return name.equals(VIEW) || RECOMPUTED.contains(name);
	}

	private static boolean isRecomputed(String name, boolean sameDirectory) {
		if (ServiceSource.isConfigurationFile(name)) {
			return sameDirectory || name.startsWith(ServiceSource.CONFIG_RESOURCE + "'class path resource ");
		}
		return RECOMPUTED.contains(name);
	}

	private static Map<String, String> values(EnumerablePropertySource<?> source) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String name : source.getPropertyNames()) {
			Object value = source.getProperty(name);
			if (value != null) {
				values.put(name, text(value));
			}
		}
		return values;
	}

	private static String text(Object value) {
		ConversionService conversions = ApplicationConversionService.getSharedInstance();
		String text = conversions.canConvert(value.getClass(), String.class) ? conversions.convert(value, String.class)
				: null;
		return (text != null) ? text : value.toString();
	}

}
