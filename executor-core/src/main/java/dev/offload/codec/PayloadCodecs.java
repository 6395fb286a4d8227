package dev.offload.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.spi.PayloadCodec;

/**
 * Finds codecs by their names: the one that a factory was given, {@code jdk}, and those
 * of {@link ServiceLoader}, as the context class loader of the calling thread sees them.
 */
public final class PayloadCodecs {

	private static final String MODULES = "; the module executor-codec-kryo brings 'kryo'";

	private PayloadCodecs() {
	}

	/**
	 * The codec of an executor.
	 * @param spec its settings
	 * @param standard the codec for executors that name none; it is also found by its own
	 * name, before others that have the same
	 * @return the codec
	 * @throws InvalidSettingException if there is none of the name, or several
	 */
	public static PayloadCodec of(ExecutorSpec spec, PayloadCodec standard) {
		String name = spec.codec();
		if (name == null || name.equals(standard.name())) {
			return standard;
		}
		if (name.equals(JdkPayloadCodec.NAME)) {
			return new JdkPayloadCodec();
		}
		List<PayloadCodec> found = found(spec);
		List<PayloadCodec> named = found.stream().filter((codec) -> codec.name().equals(name)).toList();
		if (named.size() == 1) {
			return named.get(0);
		}
		throw new InvalidSettingException(spec.name(), "codec",
				named.isEmpty() ? unknown(name, standard, found) : ambiguous(name, named));
	}

	private static String unknown(String name, PayloadCodec standard, Collection<PayloadCodec> found) {
		TreeSet<String> known = new TreeSet<>(List.of(JdkPayloadCodec.NAME, standard.name()));
		found.forEach((codec) -> known.add(codec.name()));
		return "must be one of " + String.join(", ", known) + ", but is " + name
				+ "; for another codec add the module that has it to the class path" + MODULES;
	}

	private static String ambiguous(String name, Collection<PayloadCodec> named) {
		return "must name one codec, but " + name + " is the name of "
				+ String.join(" and ", named.stream().map((codec) -> codec.getClass().getName()).sorted().toList())
				+ "; remove one of them from the class path";
	}

	// A thread of the service need not see the application, nor the application's loader
	// us.
	private static List<PayloadCodec> found(ExecutorSpec spec) {
		Map<Class<?>, PayloadCodec> found = new LinkedHashMap<>();
		for (ClassLoader loader : loaders()) {
			try {
				ServiceLoader.load(PayloadCodec.class, loader).forEach((codec) -> found.put(codec.getClass(), codec));
			}
			catch (ServiceConfigurationError ex) {
				InvalidSettingException invalid = new InvalidSettingException(spec.name(), "codec",
						"is " + spec.codec() + ", and a codec of the class path cannot be made: " + ex.getMessage());
				invalid.initCause(ex);
				throw invalid;
			}
		}
		return new ArrayList<>(found.values());
	}

	private static Collection<ClassLoader> loaders() {
		@Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
		return Stream.of(context, PayloadCodecs.class.getClassLoader())
			.filter((loader) -> loader != null)
			.distinct()
			.toList();
	}

}
