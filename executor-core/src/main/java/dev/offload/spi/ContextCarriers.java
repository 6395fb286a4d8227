package dev.offload.spi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.spi.ContextCarrier.Carried;
import dev.offload.spi.ContextCarrier.Scope;

/**
 * The carriers of one JVM. None of its methods throws what a carrier throws. Safe for use
 * by many threads.
 */
public final class ContextCarriers {

	/**
	 * No carriers.
	 */
	public static final ContextCarriers NONE = new ContextCarriers(List.of());

	/**
	 * The most entries that travel with one task.
	 */
	public static final int MAX_ENTRIES = 64;

	/**
	 * The most bytes that the entries of one task have, names and values together.
	 */
	public static final int MAX_BYTES = 32 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(ContextCarriers.class);

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

	/** Between the name of a carrier and that of its entry. */
	private static final char SEPARATOR = '/';

	private final List<ContextCarrier> carriers;

	/** The names of those whose entries did not fit: it is said once of each. */
	private final Set<String> tooLarge = ConcurrentHashMap.newKeySet();

	private ContextCarriers(List<ContextCarrier> carriers) {
		this.carriers = List.copyOf(carriers);
	}

	/**
	 * Joins carriers.
	 * @param carriers the carriers, the outermost first
	 * @return all of them
	 * @throws IllegalArgumentException if the name of one is wrong, or that of another
	 */
	public static ContextCarriers of(Collection<? extends ContextCarrier> carriers) {
		Set<String> names = new HashSet<>();
		for (ContextCarrier carrier : carriers) {
			String name = carrier.name();
			if (!NAME.matcher(name).matches()) {
				throw new IllegalArgumentException("The context carrier " + carrier.getClass().getName()
						+ " is called '" + name + "'; its name must have letters, digits, dots, dashes and underscores "
						+ "only, and at least one");
			}
			if (!names.add(name)) {
				throw new IllegalArgumentException("Two context carriers are called '" + name + "', one of them "
						+ carrier.getClass().getName() + "; give it another name, or remove one of the two");
			}
		}
		return carriers.isEmpty() ? NONE : new ContextCarriers(List.copyOf(carriers));
	}

	/**
	 * Those that {@link ServiceLoader} finds.
	 * @param loader the loader of the application's classes
	 * @return all of them
	 */
	public static ContextCarriers found(ClassLoader loader) {
		List<ContextCarrier> found = new ArrayList<>();
		ServiceLoader.load(ContextCarrier.class, loader).forEach(found::add);
		return of(found);
	}

	/**
	 * Captures what is to travel with a task, on the thread that submits it.
	 * @param task the task
	 * @return what travels
	 */
	public CarriedContext capture(TaskDescription task) {
		if (this.carriers.isEmpty()) {
			return CarriedContext.NONE;
		}
		List<Carried> all = new ArrayList<>(this.carriers.size());
		Map<String, String> entries = new LinkedHashMap<>();
		int bytes = 0;
		for (ContextCarrier carrier : this.carriers) {
			try {
				Carried carried = carrier.capture(task);
				all.add(carried);
				bytes += add(carrier, carried.entries(), entries, MAX_BYTES - bytes);
			}
			catch (Throwable ex) {
				logger.warn("The context carrier '{}' failed; task {} ({}) of executor '{}' goes without it",
						carrier.name(), task.label(), task.id(), task.executor(), ex);
			}
		}
		return new CarriedContext(this, all, entries);
	}

	private int add(ContextCarrier carrier, Map<String, String> own, Map<String, String> all, int bytesLeft) {
		Map<String, String> named = new LinkedHashMap<>();
		int bytes = 0;
		for (Map.Entry<String, String> entry : own.entrySet()) {
			String key = carrier.name() + SEPARATOR + entry.getKey();
			named.put(key, entry.getValue());
			bytes += key.getBytes(StandardCharsets.UTF_8).length
					+ entry.getValue().getBytes(StandardCharsets.UTF_8).length;
		}
		if (bytes > bytesLeft || all.size() + named.size() > MAX_ENTRIES) {
			if (this.tooLarge.add(carrier.name())) {
				logger.warn(
						"The context carrier '{}' has {} entries of {} bytes for a task, with which there would be "
								+ "more than {} entries or {} bytes: it sends none of them, now and whenever it is so",
						carrier.name(), named.size(), bytes, MAX_ENTRIES, MAX_BYTES);
			}
			return 0;
		}
		all.putAll(named);
		return bytes;
	}

	/**
	 * Restores what was captured, on the thread that will run the task.
	 * @param entries what travelled
	 * @return what takes it back
	 */
	public Scope restore(Map<String, String> entries) {
		if (entries.isEmpty()) {
			return Scope.NONE;
		}
		List<Scope> scopes = new ArrayList<>(this.carriers.size());
		for (ContextCarrier carrier : this.carriers) {
			Map<String, String> own = entriesOf(carrier, entries);
			if (!own.isEmpty()) {
				restore(carrier, own, scopes);
			}
		}
		return new Scopes(scopes);
	}

	private static void restore(ContextCarrier carrier, Map<String, String> entries, List<Scope> scopes) {
		try {
			scopes.add(carrier.restore(entries));
		}
		catch (Throwable ex) {
			logger.warn("The context carrier '{}' failed to restore what came with a task, which runs without it",
					carrier.name(), ex);
		}
	}

	private static Map<String, String> entriesOf(ContextCarrier carrier, Map<String, String> entries) {
		String prefix = carrier.name() + SEPARATOR;
		Map<String, String> own = new LinkedHashMap<>();
		entries.forEach((key, value) -> {
			if (key.startsWith(prefix)) {
				own.put(key.substring(prefix.length()), value);
			}
		});
		return own;
	}

	@Override
	public String toString() {
		return "Context carriers " + this.carriers.stream().map(ContextCarrier::name).toList();
	}

	/**
	 * What all carriers restored, the outermost first.
	 *
	 * @param scopes the scopes
	 */
	private record Scopes(List<Scope> scopes) implements Scope {

		@Override
		public void failed(Throwable failure) {
			for (int i = this.scopes.size() - 1; i >= 0; i--) {
				Scope scope = this.scopes.get(i);
				safely(() -> scope.failed(failure));
			}
		}

		@Override
		public void close() {
			for (int i = this.scopes.size() - 1; i >= 0; i--) {
				safely(this.scopes.get(i)::close);
			}
		}

		private static void safely(Runnable step) {
			try {
				step.run();
			}
			catch (Throwable ex) {
				logger.warn("A context carrier failed after a task", ex);
			}
		}

	}

}
