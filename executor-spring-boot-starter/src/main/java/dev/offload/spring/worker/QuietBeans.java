package dev.offload.spring.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.util.ClassUtils;

/**
 * Quiets beans that a target may need, and that would do more than serve it. It knows
 * them by their types, so that it also finds those that the application makes itself.
 */
final class QuietBeans implements BeanPostProcessor {

	private static final String ENTITY_MANAGER_FACTORY = "org.springframework.orm.jpa.AbstractEntityManagerFactoryBean";

	private static final String SESSION_FACTORY = "org.springframework.orm.jpa.hibernate.LocalSessionFactoryBean";

	private static final String LIQUIBASE = "liquibase.integration.spring.SpringLiquibase";

	private static final String DATA_SOURCE_INITIALIZER = "org.springframework.jdbc.datasource.init.DataSourceInitializer";

	private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

	private static final String SESSIONS = "org.springframework.session.jdbc.JdbcIndexedSessionRepository";

	private static final Map<String, String> NO_DDL = Map.of("hibernate.hbm2ddl.auto", "none",
			"jakarta.persistence.schema-generation.database.action", "none",
			"jakarta.persistence.schema-generation.scripts.action", "none");

	/**
	 * All types that are quieted.
	 */
	static final Set<String> KNOWN_TYPES = Set.of(ENTITY_MANAGER_FACTORY, SESSION_FACTORY, LIQUIBASE,
			DATA_SOURCE_INITIALIZER, METER_REGISTRY, SESSIONS);

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		Class<?> type = bean.getClass();
		if (Exclusion.DDL_AUTO.applies()) {
			if (TypeNames.is(type, ENTITY_MANAGER_FACTORY)) {
				change(call(bean, "getJpaPropertyMap"));
			}
			else if (TypeNames.is(type, SESSION_FACTORY)) {
				change(call(bean, "getHibernateProperties"));
			}
		}
		if (Exclusion.MIGRATIONS.applies() && TypeNames.is(type, LIQUIBASE)) {
			call(bean, "setShouldRun", false);
		}
		if (Exclusion.SCHEMA_SCRIPTS.applies() && TypeNames.is(type, DATA_SOURCE_INITIALIZER)) {
			call(bean, "setEnabled", false);
		}
		if (Exclusion.SCHEDULING.applies() && TypeNames.is(type, SESSIONS)) {
			call(bean, ClassUtils.getMethod(type, "setCleanupCron", String.class), Scheduled.CRON_DISABLED);
		}
		return bean;
	}

	// Only for exporters that the application makes itself: Boot's are not made here.
	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (Exclusion.EXPORTERS.applies() && TypeNames.is(bean.getClass(), METER_REGISTRY)
				&& ClassUtils.hasMethod(bean.getClass(), "stop")) {
			call(bean, "stop");
		}
		return bean;
	}

	@SuppressWarnings("unchecked")
	private static void change(@Nullable Object properties) {
		if (properties instanceof Properties hibernate) {
			NO_DDL.forEach(hibernate::setProperty);
		}
		else if (properties instanceof Map<?, ?> map) {
			((Map<String, Object>) map).putAll(NO_DDL);
		}
	}

	private static @Nullable Object call(Object bean, String name) {
		return call(bean, ClassUtils.getMethod(bean.getClass(), name));
	}

	private static void call(Object bean, String name, boolean argument) {
		call(bean, ClassUtils.getMethod(bean.getClass(), name, boolean.class), argument);
	}

	private static @Nullable Object call(Object bean, Method method, Object... arguments) {
		try {
			return ClassUtils.getInterfaceMethodIfPossible(method, bean.getClass()).invoke(bean, arguments);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException("A worker cannot quiet the bean of type " + bean.getClass().getName()
					+ ", for " + method + " failed", ex);
		}
	}

}
