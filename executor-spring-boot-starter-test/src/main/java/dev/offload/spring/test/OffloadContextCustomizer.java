package dev.offload.spring.test;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.spring.OffloadTo;

/**
 * Sets the mode of a test's executors and records what they are given. A part of the key
 * under which contexts are kept, and so equal where the modes are.
 *
 * @param mode the mode
 */
record OffloadContextCustomizer(OffloadMode mode) implements ContextCustomizer {

	private static final String SOURCE = "offloadTest";

	private static final ConfigurationPropertyName EXECUTORS = ConfigurationPropertyName.of("offload.executors");

	/** Ready when it is needed, and gone when the test is over. */
	private static final Map<String, Object> SMALL = Map.of("max-workers", "1", "min-workers", "0", "spare-workers",
			"0", "start", "lazy", "close-timeout", "1s");

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		ConfigurableEnvironment environment = context.getEnvironment();
		add(environment.getPropertySources(), settings(environment));
		OffloadRecorder recorder = new OffloadRecorder();
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		beans.registerSingleton("offloadRecorder", recorder);
		beans.addBeanPostProcessor(new RegistryPostProcessor(new RecordingProxies(recorder)));
	}

	private Map<String, Object> settings(ConfigurableEnvironment environment) {
		Map<String, Object> settings = new LinkedHashMap<>();
		settings.put("offload.bypass", Boolean.toString(this.mode == OffloadMode.INLINE));
		if (this.mode == OffloadMode.PROCESS) {
			Binder binder = Binder.get(environment);
			executors(environment).forEach((executor, name) -> {
				if (type(binder, name).equals(ExecutorSpec.PROCESS)) {
					SMALL.forEach((setting, value) -> settings.put(executor + "." + setting, value));
				}
			});
		}
		return settings;
	}

	// As they are written, for a name written in another way is another executor.
	private static Map<String, ConfigurationPropertyName> executors(ConfigurableEnvironment environment) {
		Map<String, ConfigurationPropertyName> executors = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter(EXECUTORS::isAncestorOf)
					.map((name) -> name.chop(EXECUTORS.getNumberOfElements() + 1))
					.forEach((name) -> executors.putIfAbsent(key(name), name));
			}
		}
		if (executors.isEmpty()) {
			ConfigurationPropertyName name = EXECUTORS.append(OffloadTo.DEFAULT_EXECUTOR);
			executors.put(key(name), name);
		}
		return executors;
	}

	private static String key(ConfigurationPropertyName name) {
		String executor = name.getLastElement(ConfigurationPropertyName.Form.ORIGINAL);
		return EXECUTORS + (name.isLastElementIndexed() ? "[" + executor + "]" : "." + executor);
	}

	private static String type(Binder binder, ConfigurationPropertyName executor) {
		return binder.bind(executor.append("type"), Bindable.of(String.class))
			.orElseGet(() -> binder.bind("offload.defaults.type", String.class).orElse(ExecutorSpec.PROCESS));
	}

	// The test's own properties go before.
	private static void add(MutablePropertySources sources, Map<String, Object> settings) {
		MapPropertySource source = new MapPropertySource(SOURCE, settings);
		if (sources.contains(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			sources.addAfter(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME, source);
		}
		else {
			sources.addFirst(source);
		}
	}

	/**
	 * Puts what records before the registry.
	 */
	private record RegistryPostProcessor(RecordingProxies proxies) implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof ExecutorRegistry registry) ? this.proxies.registry(registry) : bean;
		}

	}

}
