package dev.offload.spring.actuate;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of {@link ExecutorTasksEndpoint}.
 *
 * @param showValues When values of the metadata of tasks are shown.
 * @param roles Roles of users to whom values are shown if they are shown to some only.
 * Every user who is known is one of them if it is empty.
 */
@ConfigurationProperties("management.endpoint.executortasks")
public record ExecutorTasksProperties(@DefaultValue("never") Show showValues, @Nullable Set<String> roles) {

	/**
	 * Who may see values.
	 * @return the roles, empty if none are set
	 */
	public Set<String> rolesOrNone() {
		return (this.roles != null) ? this.roles : Set.of();
	}

}
