package dev.offload.spi;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.spi.ContextCarrier.Carried;
import dev.offload.spi.ContextCarrier.Origin;
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

	private final List<Named> carriers;

	/** The names of those whose entries could not be sent: it is said once of each. */
	private final Set<String> unsendable = ConcurrentHashMap.newKeySet();

	private ContextCarriers(List<Named> carriers) {
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
		List<Named> named = new ArrayList<>(carriers.size());
		for (ContextCarrier carrier : carriers) {
			String name = nameOf(carrier);
			if (!names.add(name)) {
				throw new IllegalArgumentException("Two context carriers are called '" + name + "', one of them "
						+ carrier.getClass().getName() + "; give it another name, or remove one of the two");
			}
			named.add(new Named(name, carrier));
		}
		return named.isEmpty() ? NONE : new ContextCarriers(named);
	}

	// Asked once: what it says later, or throws, must not reach a task.
	private static String nameOf(ContextCarrier carrier) {
		String name;
		try {
			name = carrier.name();
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(
					"The context carrier " + carrier.getClass().getName() + " cannot tell its name: " + ex, ex);
		}
		if (name == null || !NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("The context carrier " + carrier.getClass().getName() + " is called '"
					+ name + "'; its name must have letters, digits, dots, dashes and underscores "
					+ "only, and at least one");
		}
		return name;
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
		for (Named named : this.carriers) {
			try {
				Carried carried = Objects.requireNonNull(named.carrier().capture(task), "capture returned null");
				all.add(carried);
				bytes += add(named.name(), carried.entries(), entries, MAX_BYTES - bytes);
			}
			catch (Throwable ex) {
				logger.warn("The context carrier '{}' failed; task {} ({}) of executor '{}' goes without it",
						named.name(), task.label(), task.id(), task.executor(), ex);
			}
		}
		return new CarriedContext(this, all, entries);
	}

	private int add(String carrier, Map<String, String> own, Map<String, String> all, int bytesLeft) {
		Map<String, String> named = new LinkedHashMap<>();
		int bytes = 0;
		try {
			for (Map.Entry<String, String> entry : own.entrySet()) {
				String key = carrier + SEPARATOR + Objects.requireNonNull(entry.getKey(), "a key is null");
				String value = Objects.requireNonNull(entry.getValue(), "a value is null");
				named.put(key, value);
				bytes += bytesOf(key) + bytesOf(value);
			}
		}
		catch (CharacterCodingException ex) {
			if (this.unsendable.add(carrier)) {
				logger.warn("The context carrier '{}' has an entry for a task that is no text, for it has half of a "
						+ "surrogate pair: it sends none of them, now and whenever it is so", carrier);
			}
			return 0;
		}
		if (bytes > bytesLeft || all.size() + named.size() > MAX_ENTRIES) {
			if (this.unsendable.add(carrier)) {
				logger.warn(
						"The context carrier '{}' has {} entries of {} bytes for a task, with which there would be "
								+ "more than {} entries or {} bytes: it sends none of them, now and whenever it is so",
						carrier, named.size(), bytes, MAX_ENTRIES, MAX_BYTES);
			}
			return 0;
		}
		all.putAll(named);
		return bytes;
	}

	// As it travels, where nothing may be replaced.
	private static int bytesOf(String text) throws CharacterCodingException {
		return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
	}

	/**
	 * Remembers what is to travel with tasks that other threads submit for this one.
	 * @return puts it on another thread
	 */
	public Origin origin() {
		if (this.carriers.isEmpty()) {
			return Origin.NONE;
		}
		List<Origin> origins = new ArrayList<>(this.carriers.size());
		for (Named named : this.carriers) {
			try {
				origins.add(Objects.requireNonNull(named.carrier().origin(), "origin returned null"));
			}
			catch (Throwable ex) {
				logger.warn("The context carrier '{}' failed; tasks of other threads go without it", named.name(), ex);
			}
		}
		return () -> enter(origins);
	}

	private static Scope enter(List<Origin> origins) {
		List<Scope> scopes = new ArrayList<>(origins.size());
		for (Origin origin : origins) {
			try {
				scopes.add(origin.enter());
			}
			catch (Throwable ex) {
				logger.warn("A context carrier failed; a task goes without it", ex);
			}
		}
		return new Scopes(scopes);
	}

	/**
	 * Restores what was captured, on the thread that will run the task.
	 * @param entries what travelled
	 * @return what takes it back
	 */
	public Scope restore(Map<String, String> entries) {
		return restore(entries, ContextCarrier::restore);
	}

	// Once more, for what a task makes after its end.
	Scope resume(Map<String, String> entries) {
		return restore(entries, ContextCarrier::resume);
	}

	private Scope restore(Map<String, String> entries,
			BiFunction<ContextCarrier, Map<String, String>, Scope> restoring) {
		if (entries.isEmpty()) {
			return Scope.NONE;
		}
		List<Scope> scopes = new ArrayList<>(this.carriers.size());
		for (Named named : this.carriers) {
			Map<String, String> own = entriesOf(named.name(), entries);
			if (!own.isEmpty()) {
				restore(named, () -> restoring.apply(named.carrier(), own), scopes);
			}
		}
		return new Scopes(scopes);
	}

	private static void restore(Named named, Supplier<Scope> restoring, List<Scope> scopes) {
		try {
			scopes.add(Objects.requireNonNull(restoring.get(), "restore returned null"));
		}
		catch (Throwable ex) {
			logger.warn("The context carrier '{}' failed to restore what came with a task, which runs without it",
					named.name(), ex);
		}
	}

	private static Map<String, String> entriesOf(String carrier, Map<String, String> entries) {
		String prefix = carrier + SEPARATOR;
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
		return "Context carriers " + this.carriers.stream().map(Named::name).toList();
	}

	/**
	 * A carrier, and the name that it told once.
	 *
	 * @param name the name
	 * @param carrier the carrier
	 */
	private record Named(String name, ContextCarrier carrier) {

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
				Scope scope = this.scopes.get(i);
				safely(() -> scope.close());
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
