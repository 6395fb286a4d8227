package dev.offload.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of application events.
 *
 * @param enabled Whether what happens in executors is published as application events, of
 * the types that the application listens for.
 */
public record EventsProperties(@DefaultValue("true") boolean enabled) {
}
