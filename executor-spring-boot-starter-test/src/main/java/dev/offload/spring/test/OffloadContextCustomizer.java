package dev.offload.spring.test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
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
			for (String name : executors(binder)) {
				String executor = "offload.executors[" + name + "].";
				if (type(binder, executor).equals(ExecutorSpec.PROCESS)) {
					SMALL.forEach((setting, value) -> settings.put(executor + setting, value));
				}
			}
		}
		return settings;
	}

	private static Set<String> executors(Binder binder) {
		Map<String, Object> executors = binder.bind("offload.executors", Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of());
		return executors.isEmpty() ? Set.of(OffloadTo.DEFAULT_EXECUTOR) : executors.keySet();
	}

	private static String type(Binder binder, String executor) {
		return binder.bind(executor + "type", String.class)
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
