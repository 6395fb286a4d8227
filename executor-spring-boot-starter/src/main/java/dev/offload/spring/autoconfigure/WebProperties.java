package dev.offload.spring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a web application.
 *
 * @param problemDetails How requests are answered whose tasks failed.
 * @param events Streams of what happens to tasks.
 */
public record WebProperties(@NestedConfigurationProperty @DefaultValue ProblemDetails problemDetails,
		@NestedConfigurationProperty @DefaultValue Events events) {

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

	/**
	 * Streams of what happens to tasks.
	 *
	 * @param enabled Whether there are endpoints of Spring MVC that stream what happens
	 * to tasks as server-sent events.
	 * @param path Where these endpoints are, under the path of the application.
	 * @param heartbeat How often a stream without events says that it lives.
	 * @param maxStreams How many streams there may be at a time.
	 */
	public record Events(@DefaultValue("false") boolean enabled, @DefaultValue("/offload/events") String path,
			@DefaultValue("15s") Duration heartbeat, @DefaultValue("200") int maxStreams) {

		/**
		 * Creates them.
		 * @param enabled whether there are endpoints
		 * @param path where they are
		 * @param heartbeat how often a stream says that it lives
		 * @param maxStreams how many there may be
		 * @throws IllegalArgumentException if one of them cannot be
		 */
		public Events {
			if (!path.startsWith("/") || path.endsWith("/")) {
				throw new IllegalArgumentException(
						"offload.web.events.path must begin with a slash and not end with one, but is " + path);
			}
			if (heartbeat.isNegative() || heartbeat.isZero()) {
				throw new IllegalArgumentException(
						"offload.web.events.heartbeat must be a duration above 0, but is " + heartbeat);
			}
			if (maxStreams < 1) {
				throw new IllegalArgumentException(
						"offload.web.events.max-streams must be 1 or more, but is " + maxStreams);
			}
		}

	}

}
