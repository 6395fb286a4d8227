package dev.offload.busy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import org.springframework.boot.logging.LoggingSystem;

import dev.offload.InvocationTarget;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spring.worker.SpringTargetResolver;

/**
 * The main class of a JVM that is a worker several times, one after the other, each time
 * with other exclusions switched off. It calls the same beans each time, and writes what
 * it observes to a file.
 */
public final class WorkerProbe {

	static final String KEEP = "probe.keep";

	private static final String KEEP_PROPERTY = "offload.internal.worker.keep";

	private WorkerProbe() {
	}

	public static void main(String[] arguments) throws Exception {
		List<Path> runs;
		try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
			runs = files.filter((file) -> file.toString().endsWith(".run")).sorted().toList();
		}
		for (Path run : runs) {
			Properties settings = read(run);
			Properties result = new Properties();
			try {
				observe(settings, result);
			}
			catch (Throwable ex) {
				result.setProperty("failure", String.valueOf(ex.getMessage()));
				ex.printStackTrace();
			}
			write(result, Path.of(run.toString().replace(".run", ".result")));
		}
		// Controls leave threads behind.
		Runtime.getRuntime().halt(0);
	}

	private static void observe(Properties settings, Properties result) throws Throwable {
		System.setProperty(KEEP_PROPERTY, settings.getProperty(KEEP));
		Witness.forget();
		Map<String, String> values = new HashMap<>();
		settings.forEach((name, value) -> values.put((String) name, (String) value));
		SpringTargetResolver resolver = new SpringTargetResolver();
		resolver.start(new WorkerEnvironment("probe", 1, List.of(), values));
		result.setProperty("created-at-start", String.join(",", Witness.seen()));
		put("start.", call(resolver, "observer", Observer.class.getMethod("observe")), result);
		result.setProperty("tables", String.valueOf(call(resolver, "ledger", Ledger.class.getMethod("tables"))));
		put("end.", call(resolver, "observer", Observer.class.getMethod("observe")), result);
		result.setProperty("listening-to",
				String.valueOf(call(resolver, "observer", Observer.class.getMethod("listeningTo"))));
		call(resolver, "observer", Observer.class.getMethod("close"));
		// Each worker configures its log by itself, as in a JVM of its own.
		LoggingSystem.get(WorkerProbe.class.getClassLoader()).cleanUp();
	}

	private static Object call(SpringTargetResolver resolver, String bean, Method method, Object... arguments)
			throws Throwable {
		List<String> types = Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
		MethodAddress address = new MethodAddress(InvocationTarget.Kind.BEAN, bean,
				method.getDeclaringClass().getName(), method.getName(), types);
		return resolver.resolve(address).invoke(null, arguments);
	}

	private static void put(String prefix, Object observed, Properties result) {
		((Map<?, ?>) observed).forEach((name, value) -> result.setProperty(prefix + name, (String) value));
	}

	private static Properties read(Path file) throws IOException {
		Properties properties = new Properties();
		try (InputStream in = Files.newInputStream(file)) {
			properties.load(in);
		}
		return properties;
	}

	private static void write(Properties properties, Path file) throws IOException {
		try (OutputStream out = Files.newOutputStream(file)) {
			properties.store(out, null);
		}
	}

}
