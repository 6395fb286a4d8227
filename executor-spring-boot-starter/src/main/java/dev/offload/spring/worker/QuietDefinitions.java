package dev.offload.spring.worker;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;

/**
 * Removes from a worker the beans that do something as soon as they exist. It runs before
 * Boot looks for beans that initialize databases and makes others depend on them.
 */
final class QuietDefinitions implements BeanFactoryPostProcessor {

	private static final Set<String> SCHEDULING = Set
		.of("org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor");

	private static final Set<String> MESSAGE_LISTENERS = Set.of(
			"org.springframework.jms.annotation.JmsListenerAnnotationBeanPostProcessor",
			"org.springframework.kafka.annotation.KafkaListenerAnnotationBeanPostProcessor",
			"org.springframework.amqp.rabbit.annotation.RabbitListenerAnnotationBeanPostProcessor",
			"org.springframework.pulsar.annotation.AbstractPulsarAnnotationsBeanPostProcessor",
			"io.awspring.cloud.sqs.annotation.AbstractListenerAnnotationBeanPostProcessor");

	private static final Set<String> MIGRATIONS = Set
		.of("org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer");

	private static final Set<String> SCHEMA_SCRIPTS = Set
		.of("org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer");

	private static final String FLYWAY = "org.flywaydb.core.Flyway";

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		Set<String> unwanted = unwantedTypes();
		Set<String> removed = new HashSet<>();
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = beans.getType(name, false);
			if (TypeNames.isAnyOf(type, unwanted)) {
				((BeanDefinitionRegistry) beans).removeBeanDefinition(name);
				removed.add(name);
			}
			else if (Exclusion.MIGRATIONS.applies()) {
				keepFromMigrating(beans.getBeanDefinition(name), type);
			}
		}
		removeFromDependencies(removed, beans);
	}

	/**
	 * All types that can be removed.
	 * @return their names
	 */
	static Set<String> knownTypes() {
		Set<String> types = new HashSet<>();
		List.of(SCHEDULING, MESSAGE_LISTENERS, MIGRATIONS, SCHEMA_SCRIPTS).forEach(types::addAll);
		types.add(FLYWAY);
		return types;
	}

	private static Set<String> unwantedTypes() {
		Set<String> types = new HashSet<>();
		addIf(Exclusion.SCHEDULING, SCHEDULING, types);
		addIf(Exclusion.MESSAGE_LISTENERS, MESSAGE_LISTENERS, types);
		addIf(Exclusion.MIGRATIONS, MIGRATIONS, types);
		addIf(Exclusion.SCHEMA_SCRIPTS, SCHEMA_SCRIPTS, types);
		return types;
	}

	private static void addIf(Exclusion exclusion, Set<String> more, Set<String> types) {
		if (exclusion.applies()) {
			types.addAll(more);
		}
	}

	// @Bean(initMethod = "migrate") of an application that does without Boot's Flyway.
	private static void keepFromMigrating(BeanDefinition definition, @Nullable Class<?> type) {
		if (type != null && TypeNames.is(type, FLYWAY) && "migrate".equals(definition.getInitMethodName())) {
			definition.setInitMethodName(null);
		}
	}

	private static void removeFromDependencies(Set<String> removed, ConfigurableListableBeanFactory beans) {
		if (removed.isEmpty()) {
			return;
		}
		for (String name : beans.getBeanDefinitionNames()) {
			BeanDefinition definition = beans.getBeanDefinition(name);
			String[] dependencies = definition.getDependsOn();
			if (dependencies != null && definition instanceof AbstractBeanDefinition changeable) {
				changeable.setDependsOn(
						Arrays.stream(dependencies).filter((each) -> !removed.contains(each)).toArray(String[]::new));
			}
		}
	}

}
