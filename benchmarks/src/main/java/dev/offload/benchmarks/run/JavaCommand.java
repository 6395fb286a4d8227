package dev.offload.benchmarks.run;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The commands of JVMs that a measurement starts.
 */
public final class JavaCommand {

	private static final String SEPARATOR = System.getProperty("path.separator");

	private JavaCommand() {
	}

	/**
	 * A JVM of the JDK of this one, with nothing but the benchmarks on its class path.
	 * @param main the class to run
	 * @param options options of the JVM
	 * @param arguments arguments of the class
	 * @return what starts it
	 */
	public static ProcessBuilder of(Class<?> main, List<String> options, List<String> arguments) {
		return of(Path.of(System.getProperty("java.home")), classPath(JavaCommand.class), main, options, arguments);
	}

	/**
	 * A JVM of any JDK.
	 * @param jdk the home of the JDK
	 * @param classPath the class path
	 * @param main the class to run
	 * @param options options of the JVM
	 * @param arguments arguments of the class
	 * @return what starts it
	 */
	public static ProcessBuilder of(Path jdk, String classPath, Class<?> main, List<String> options,
			List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(jdk.resolve("bin/java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, main.getName()));
		command.addAll(arguments);
		return new ProcessBuilder(command);
	}

	/**
	 * The class path that has some classes, and all that lies beside them.
	 * @param classes one class of each jar
	 * @return the class path, in that order
	 */
	public static String classPath(Class<?>... classes) {
		return Arrays.stream(classes)
			.map((type) -> location(type).toString())
			.distinct()
			.collect(Collectors.joining(SEPARATOR));
	}

	/**
	 * The libraries of the class path of this JVM whose files begin in a certain way.
	 * @param prefixes how their names begin
	 * @return a class path
	 */
	public static String libraries(String... prefixes) {
		return Arrays.stream(System.getProperty("java.class.path").split(SEPARATOR))
			.filter((entry) -> Arrays.stream(prefixes)
				.anyMatch((prefix) -> entry.substring(entry.lastIndexOf('/') + 1).startsWith(prefix)))
			.collect(Collectors.joining(SEPARATOR));
	}

	private static Path location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(type + " does not come from a file", ex);
		}
	}

}
