package dev.offload.spring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a web application.
 *
 * @param problemDetails How requests are answered whose tasks failed.
 */
public record WebProperties(@NestedConfigurationProperty @DefaultValue ProblemDetails problemDetails) {

	/**
	 * How requests are answered whose tasks failed.
	 *
	 * @param enabled Whether failures of executors are answered with a problem document
	 * and a status that says what to do.
	 * @param retryAfter When clients are told to try again, in whole seconds. Zero tells
	 * nothing.
	 */
	public record ProblemDetails(@DefaultValue("true") boolean enabled, @DefaultValue("1s") Duration retryAfter) {

		/**
		 * Creates them.
		 * @param enabled whether failures are answered with a problem document
		 * @param retryAfter when clients are told to try again
		 * @throws IllegalArgumentException if it is negative
		 */
		public ProblemDetails {
			if (retryAfter.isNegative()) {
				throw new IllegalArgumentException(
						"offload.web.problem-details.retry-after must be a duration of 0 or more, but is "
								+ retryAfter);
			}
		}

	}

}
