package dev.offload.spring.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.offload.spring.OffloadTo;

/**
 * The settings of Offload in configuration files. A key that is not known stops the
 * start.
 *
 * @param enabled Whether there are executors at all. Without them, annotated methods run
 * where they are called.
 * @param bypass Whether all executors run their tasks on the caller's thread, as tests
 * and debuggers like it.
 * @param jdbc The settings of tasks in a database, which the module executor-jdbc keeps.
 * @param observation Settings of the observations of tasks.
 * @param propagation Settings of what tasks take along of their callers' threads.
 * @param defaults Settings of all executors that do not say otherwise.
 * @param executors The executors by name. If there is none, there is one named default.
 * @param taskExecutors The executors that are also beans of Spring's AsyncTaskExecutor,
 * by name, for @Async and others. None of them takes the place of
 * applicationTaskExecutor.
 * @param tasks The settings of what is known of tasks after their end.
 * @param events Settings of application events.
 * @param web The settings of a web application.
 */
@ConfigurationProperties(prefix = "offload", ignoreUnknownFields = false)
public record OffloadProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean bypass,
		@NestedConfigurationProperty @DefaultValue JdbcProperties jdbc,
		@NestedConfigurationProperty @DefaultValue ObservationProperties observation,
		@NestedConfigurationProperty @DefaultValue PropagationProperties propagation,
		@NestedConfigurationProperty @Nullable ExecutorProperties defaults,
		@Nullable Map<String, ExecutorProperties> executors, @Nullable List<String> taskExecutors,
		@NestedConfigurationProperty @DefaultValue TasksProperties tasks,
		@NestedConfigurationProperty @DefaultValue EventsProperties events,
		@NestedConfigurationProperty @DefaultValue WebProperties web) {

	/**
	 * The settings of all executors that do not say otherwise.
	 * @return the settings, possibly with nothing set
	 */
	public ExecutorProperties defaultsOrNone() {
		return (this.defaults != null) ? this.defaults : ExecutorProperties.NONE;
	}

	/**
	 * The executors that are also task executors.
	 * @return their names, none if it is not set
	 */
	public List<String> taskExecutorsOrNone() {
		return (this.taskExecutors != null) ? this.taskExecutors : List.of();
	}

	/**
	 * The executors by name.
	 * @return at least one
	 */
	public Map<String, ExecutorProperties> executorsOrDefault() {
		return (this.executors == null || this.executors.isEmpty())
				? Map.of(OffloadTo.DEFAULT_EXECUTOR, ExecutorProperties.NONE) : this.executors;
	}

}
