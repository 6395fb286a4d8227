package dev.offload.spring.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of what tasks take along of their callers' threads.
 *
 * @param mdc The names of the values of the MDC that travel; * for all of them.
 */
public record PropagationProperties(@DefaultValue List<String> mdc) {
}
