package dev.offload.spi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Takes along values of the {@link MDC}. It restores them in any worker, also where it is
 * not asked for; which of them travel is the choice of the service. Safe for use by many
 * threads.
 */
public final class MdcContextCarrier implements ContextCarrier {

	/**
	 * Its name.
	 */
	public static final String NAME = "mdc";

	/**
	 * Stands for all names.
	 */
	public static final String ALL = "*";

	private final Set<String> names;

	/**
	 * Creates one that takes all values along.
	 */
	public MdcContextCarrier() {
		this(Set.of(ALL));
	}

	/**
	 * Creates one.
	 * @param names the names of the values that travel; {@value #ALL} for all of them
	 */
	public MdcContextCarrier(Collection<String> names) {
		this.names = Set.copyOf(new LinkedHashSet<>(names));
	}

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

	private Map<String, String> captured() {
		return this.names.contains(ALL) ? all() : chosen();
	}

	private static Map<String, String> all() {
		Map<String, String> captured = new LinkedHashMap<>();
		Map<String, String> values = MDC.getCopyOfContextMap();
		if (values != null) {
			values.forEach((name, value) -> addTo(captured, name, value));
		}
		return captured;
	}

	private Map<String, String> chosen() {
		Map<String, String> captured = new LinkedHashMap<>();
		this.names.forEach((name) -> addTo(captured, name, MDC.get(name)));
		return captured;
	}

	private static void addTo(Map<String, String> captured, String name, @Nullable String value) {
		if (value != null) {
			captured.put(name, value);
		}
	}

	@Override
	public Scope restore(Map<String, String> entries) {
		Map<String, @Nullable String> former = new LinkedHashMap<>();
		entries.forEach((name, value) -> {
			former.put(name, MDC.get(name));
			MDC.put(name, value);
		});
		return () -> former.forEach(MdcContextCarrier::putBack);
	}

	private static void putBack(String name, @Nullable String value) {
		if (value != null) {
			MDC.put(name, value);
		}
		else {
			MDC.remove(name);
		}
	}

}
