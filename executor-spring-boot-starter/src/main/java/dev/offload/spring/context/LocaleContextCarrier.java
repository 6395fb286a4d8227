package dev.offload.spring.context;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;

import dev.offload.spi.ContextCarrier;
import dev.offload.spi.TaskDescription;

/**
 * Takes along the locale and the time zone of {@link LocaleContextHolder}. Where a thread
 * has none, nothing travels, and the task has the defaults of its process. Safe for use
 * by many threads.
 */
public final class LocaleContextCarrier implements ContextCarrier {

	/**
	 * Its name.
	 */
	public static final String NAME = "locale";

	private static final String LANGUAGE = "language";

	private static final String ZONE = "zone";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Carried capture(TaskDescription task) {
		Map<String, String> captured = captured();
		return captured.isEmpty() ? Carried.NOTHING : () -> captured;
	}

	@Override
	public Origin origin() {
		Map<String, String> captured = captured();
		return captured.isEmpty() ? Origin.NONE : () -> restore(captured);
	}

	private static Map<String, String> captured() {
		LocaleContext context = LocaleContextHolder.getLocaleContext();
		if (context == null) {
			return Map.of();
		}
		Map<String, String> captured = new LinkedHashMap<>();
		Locale locale = context.getLocale();
		if (locale != null) {
			captured.put(LANGUAGE, locale.toLanguageTag());
		}
		TimeZone zone = (context instanceof TimeZoneAwareLocaleContext aware) ? aware.getTimeZone() : null;
		if (zone != null) {
			captured.put(ZONE, zone.getID());
		}
		return captured;
	}

	@Override
	public Scope restore(Map<String, String> entries) {
		LocaleContext former = LocaleContextHolder.getLocaleContext();
		LocaleContextHolder.setLocaleContext(
				new SimpleTimeZoneAwareLocaleContext(locale(entries.get(LANGUAGE)), zone(entries.get(ZONE))));
		return () -> LocaleContextHolder.setLocaleContext(former);
	}

	private static @Nullable Locale locale(@Nullable String language) {
		return (language != null) ? Locale.forLanguageTag(language) : null;
	}

	private static @Nullable TimeZone zone(@Nullable String id) {
		return (id != null) ? TimeZone.getTimeZone(id) : null;
	}

}
