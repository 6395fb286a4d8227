package dev.offload.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the observations of tasks.
 *
 * @param enabled Whether tasks are observed, and traces continued in workers, where there
 * is an ObservationRegistry.
 */
public record ObservationProperties(@DefaultValue("true") boolean enabled) {
}
