package dev.offload.spring.worker;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.util.StringUtils;

import dev.offload.spring.Words;

/**
 * One kind of thing that an application does by itself, and that must not happen in its
 * workers.
 * <p>
 * Internal, for the tests of this module only: the system property
 * {@value #KEEP_PROPERTY} of a worker names exclusions, separated by commas, that are
 * switched off. So each test can show that what it looks for does happen without its
 * exclusion.
 */
enum Exclusion {

	/**
	 * Beans that nobody asked for, also those that ask not to be lazy.
	 */
	EAGER_BEANS,

	/**
	 * Beans that a context creates for load-time weaving whatever their laziness; JPA's
	 * entity manager factory is one.
	 */
	LOAD_TIME_WEAVING,

	/**
	 * The web server, and with it the web endpoints of the actuator.
	 */
	WEB_SERVER,

	/**
	 * {@code CommandLineRunner} and {@code ApplicationRunner}.
	 */
	RUNNERS,

	/**
	 * {@code @Scheduled} methods, and schedulers that a target needs.
	 */
	SCHEDULING,

	/**
	 * Annotated methods that listen to messages, and listeners and pollers that a target
	 * needs.
	 */
	MESSAGE_LISTENERS,

	/**
	 * Flyway and Liquibase.
	 */
	MIGRATIONS,

	/**
	 * {@code schema.sql}, {@code data.sql} and their kin.
	 */
	SCHEMA_SCRIPTS,

	/**
	 * Hibernate's own changes of the schema.
	 */
	DDL_AUTO,

	/**
	 * Exporters of metrics and logs: the service counts its tasks, and a worker's numbers
	 * would be taken for those of another service. Spans leave a worker by itself, for a
	 * trace shows where each of them was made.
	 */
	EXPORTERS,

	/**
	 * JMX, and with it the JMX endpoints of the actuator.
	 */
	JMX,

	/**
	 * Log files: two processes that write and roll one file destroy it.
	 */
	LOG_FILES,

	/**
	 * The start of lifecycle beans that no target needs.
	 */
	LIFECYCLE,

	/**
	 * The application's listeners of events such as "context refreshed".
	 */
	LIFECYCLE_EVENTS,

	/**
	 * The hook that closes the context when the JVM ends: a worker ends at once.
	 */
	SHUTDOWN_HOOK,

	/**
	 * More database connections than the tasks of a worker can use.
	 */
	CONNECTIONS,

	/**
	 * The restart of the developer tools, which would run the worker's main method again.
	 */
	DEVTOOLS;

	static final String KEEP_PROPERTY = "offload.internal.worker.keep";

	private static final Map<String, Object> COMMON = Map.of("spring.main.lazy-initialization", "true",
			"spring.main.banner-mode", "off", "spring.main.log-startup-info", "false", "spring.main.keep-alive",
			"false", "spring.docker.compose.lifecycle-management", "none");

	private static final Map<Exclusion, Map<String, String>> PROPERTIES = Map.of(WEB_SERVER,
			Map.of("spring.main.web-application-type", "none"), EXPORTERS,
			Map.of("management.defaults.metrics.export.enabled", "false",
					"management.prometheus.metrics.export.pushgateway.enabled", "false",
					"management.logging.export.enabled", "false"),
			JMX, Map.of("spring.jmx.enabled", "false", "spring.application.admin.enabled", "false"), LOG_FILES,
			Map.of("logging.file.name", "", "logging.file.path", ""), SHUTDOWN_HOOK,
			Map.of("spring.main.register-shutdown-hook", "false", "logging.register-shutdown-hook", "false"), DEVTOOLS,
			Map.of("spring.devtools.livereload.enabled", "false"));

	/**
	 * Whether it applies, as it does outside of tests.
	 * @return {@code false} if a test switched it off
	 */
	boolean applies() {
		String kept = System.getProperty(KEEP_PROPERTY);
		return kept == null || !StringUtils.commaDelimitedListToSet(kept).contains(word());
	}

	String word() {
		return Words.of(this);
	}

	/**
	 * The properties that keep a worker quiet.
	 * @return the properties of all exclusions that apply
	 */
	static Map<String, Object> allProperties() {
		Map<String, Object> properties = new LinkedHashMap<>(COMMON);
		for (Exclusion exclusion : values()) {
			if (exclusion.applies()) {
				properties.putAll(PROPERTIES.getOrDefault(exclusion, Map.of()));
			}
		}
		return properties;
	}

}
