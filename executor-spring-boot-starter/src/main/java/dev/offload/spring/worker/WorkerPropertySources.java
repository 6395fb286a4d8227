package dev.offload.spring.worker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Puts the property sources of the service among the worker's own, each in the place that
 * it has in the service. Sources above the configuration files are put there before those
 * are read, for they say which files there are; the others afterwards.
 */
final class WorkerPropertySources {

	private static final String PROPERTIES = "offloadWorkerProperties";

	private static final String EXCLUSIONS = "offloadWorkerExclusions";

	private static final String DEFAULT_PROPERTIES = "defaultProperties";

	private static final Pattern EXPORTER = Pattern.compile("management\\.(?!tracing\\.).+\\.export\\.(.+\\.)?enabled");

	private final List<ServiceSource> service;

	private final Map<String, String> properties;

	private final Map<String, Object> exclusions;

	/**
	 * Creates them.
	 * @param service the sources of the service, the strongest first
	 * @param properties the worker's own properties, stronger than all others
	 * @param exclusions the properties that keep the worker quiet
	 */
	WorkerPropertySources(List<ServiceSource> service, Map<String, String> properties, Map<String, Object> exclusions) {
		this.service = service;
		this.properties = properties;
		this.exclusions = exclusions;
	}

	void beforeConfigurationFiles(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		addTop(sources);
		insert(this.service.subList(0, firstConfigurationFile()), sources);
		this.service.stream()
			.filter((source) -> source.name().equals(DEFAULT_PROPERTIES))
			.forEach((source) -> sources.addLast(values(source)));
	}

	void afterConfigurationFiles(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		insert(this.service, sources);
		if (Exclusion.EXPORTERS.applies()) {
			sources.forEach(this::excludeExporters);
		}
		addTop(sources);
	}

	private void addTop(MutablePropertySources sources) {
		sources.addFirst(new MapPropertySource(EXCLUSIONS, this.exclusions));
		sources.addFirst(new MapPropertySource(PROPERTIES, new LinkedHashMap<>(this.properties)));
	}

	// What is said of one exporter is stronger than what is said of all.
	private void excludeExporters(PropertySource<?> source) {
		if (source instanceof EnumerablePropertySource<?> enumerable) {
			for (String name : enumerable.getPropertyNames()) {
				String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
				if (EXPORTER.matcher(property).matches()) {
					this.exclusions.put(property, "false");
				}
			}
		}
	}

	private int firstConfigurationFile() {
		for (int i = 0; i < this.service.size(); i++) {
			if (this.service.get(i).isConfigurationFile()) {
				return i;
			}
		}
		return this.service.size();
	}

	private static void insert(List<ServiceSource> service, MutablePropertySources sources) {
		String above = EXCLUSIONS;
		for (ServiceSource source : service) {
			switch (source.kind()) {
				case ENVIRONMENT -> addVariables(source, sources);
				case VALUES, SYSTEM_PROPERTIES -> sources.addAfter(above, values(source));
				case RECOMPUTED -> {
				}
			}
			above = sources.contains(source.name()) ? source.name() : above;
		}
	}

	private static PropertySource<?> values(ServiceSource source) {
		return new MapPropertySource(source.name(), new LinkedHashMap<>(source.values()));
	}

	// Into the source of that name, for there Boot finds variables by their relaxed
	// names.
	private static void addVariables(ServiceSource source, MutablePropertySources sources) {
		PropertySource<?> own = sources.get(source.name());
		if (own instanceof SystemEnvironmentPropertySource variables
				&& !variables.getSource().keySet().containsAll(source.values().keySet())) {
			Map<String, Object> merged = new LinkedHashMap<>(source.values());
			merged.putAll(variables.getSource());
			sources.replace(source.name(), new SystemEnvironmentPropertySource(source.name(), merged));
		}
	}

}
