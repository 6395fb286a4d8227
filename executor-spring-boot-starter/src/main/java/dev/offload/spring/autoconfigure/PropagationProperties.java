package dev.offload.spring.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of what tasks take along of their callers' threads.
 *
 * @param mdc The names of the values of the MDC that travel; * for all of them.
 * @param locale Whether the locale and the time zone of the caller's thread travel.
 * @param authentication Whether the name and the authorities of who is authenticated on
 * the caller's thread travel, where there is Spring Security.
 */
public record PropagationProperties(@DefaultValue List<String> mdc, @DefaultValue("false") boolean locale,
		@DefaultValue("false") boolean authentication) {
}
