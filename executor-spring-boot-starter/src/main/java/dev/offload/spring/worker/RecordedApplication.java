package dev.offload.spring.worker;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.AnnotationConfigUtils;

/**
 * What a {@link SpringApplication} was started with, so that a worker can start the same.
 *
 * @param classes the names of its source classes
 * @param resources its other sources: resources and packages
 * @param mainClass the name of its main class, if it is known
 * @param arguments its arguments
 * @param options what was set on it by code
 */
record RecordedApplication(List<String> classes, List<String> resources, @Nullable String mainClass,
		List<String> arguments, Options options) {

	RecordedApplication {
		classes = List.copyOf(classes);
		resources = List.copyOf(resources);
		arguments = List.copyOf(arguments);
	}

	static RecordedApplication of(SpringApplication application, String[] arguments,
			ConfigurableListableBeanFactory beans) {
		List<String> classes = new ArrayList<>();
		List<String> resources = new ArrayList<>();
		for (Object source : application.getAllSources()) {
			if (source instanceof Class<?> type) {
				classes.add(type.getName());
			}
			else {
				resources.add(source.toString());
			}
		}
		Class<?> main = application.getMainApplicationClass();
		return new RecordedApplication(classes, resources, (main != null) ? main.getName() : null, List.of(arguments),
				Options.of(application, beans));
	}

	/**
	 * The same application with other sources.
	 * @param names the names of configuration classes
	 * @return a copy
	 */
	RecordedApplication withSources(List<String> names) {
		return new RecordedApplication(names, List.of(), this.mainClass, this.arguments, this.options);
	}

	void write(FlatSettings settings) {
		settings.put("class", this.classes);
		settings.put("resource", this.resources);
		settings.put("main-class", this.mainClass);
		settings.put("argument", this.arguments);
		settings.put("option.overriding", String.valueOf(this.options.overriding()));
		settings.put("option.circular-references", String.valueOf(this.options.circularReferences()));
		settings.put("option.environment-prefix", this.options.environmentPrefix());
		settings.put("option.bean-name-generator", this.options.beanNameGenerator());
	}

	static RecordedApplication read(FlatSettings settings) {
		Options options = new Options(Boolean.parseBoolean(settings.require("option.overriding")),
				Boolean.parseBoolean(settings.require("option.circular-references")),
				settings.get("option.environment-prefix"), settings.get("option.bean-name-generator"));
		return new RecordedApplication(settings.list("class"), settings.list("resource"), settings.get("main-class"),
				settings.list("argument"), options);
	}

	/**
	 * What was set on an application by code.
	 *
	 * @param overriding whether bean definitions may replace others
	 * @param circularReferences whether beans may refer to each other in a circle
	 * @param environmentPrefix what the names of its environment variables begin with
	 * @param beanNameGenerator the name of the class that names its beans, unless it is
	 * the usual one
	 */
	record Options(boolean overriding, boolean circularReferences, @Nullable String environmentPrefix,
			@Nullable String beanNameGenerator) {

		private static Options of(SpringApplication application, ConfigurableListableBeanFactory beans) {
			Object generator = beans.getSingleton(AnnotationConfigUtils.CONFIGURATION_BEAN_NAME_GENERATOR);
			boolean overriding = beans instanceof DefaultListableBeanFactory factory
					&& factory.isAllowBeanDefinitionOverriding();
			boolean circular = beans instanceof DefaultListableBeanFactory factory
					&& factory.isAllowCircularReferences();
			return new Options(overriding, circular, application.getEnvironmentPrefix(),
					(generator != null) ? generator.getClass().getName() : null);
		}

	}

}
