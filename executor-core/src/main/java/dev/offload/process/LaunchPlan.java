package dev.offload.process;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How this JVM sees its classes, and the class path by which another one sees the same.
 *
 * <p>
 * It asks the class loader, not the command line: what that tells is cut off where it is
 * long, and differs for each way to start.
 *
 * @param locations absolute paths, and {@code jar:nested:} addresses of what lies in an
 * executable archive of Spring Boot; in the order of the class path
 */
record LaunchPlan(List<String> locations) {

	/** The loader of executable archives. Its parent knows only the loader itself. */
	private static final String BOOT_LOADER = "org.springframework.boot.loader.";

	LaunchPlan {
		locations = List.copyOf(locations);
	}

	/**
	 * Finds out how this JVM was started.
	 * @param anchor a class that workers need
	 * @return the plan
	 * @throws IOException if workers cannot be started from here; the message says why
	 */
	static LaunchPlan detect(Class<?> anchor) throws IOException {
		if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
			throw new IOException(
					"This is a native image, which cannot start worker JVMs: use executors of another type");
		}
		return of(anchor.getClassLoader());
	}

	/**
	 * The plan for the classes of a class loader. Those of its parents are included,
	 * after its own.
	 * @param loader the class loader, {@code null} for the JVM's own
	 * @return the plan
	 * @throws IOException if it, or a parent of it, does not tell where its classes are
	 */
	static LaunchPlan of(@Nullable ClassLoader loader) throws IOException {
		Set<String> locations = new LinkedHashSet<>();
		boolean boot = false;
		ClassLoader current = loader;
		while (current != null && !isOfTheJdk(current)) {
			if (!(current instanceof URLClassLoader urls)) {
				throw new IOException("Workers cannot be started from here, for the class loader "
						+ current.getClass().getName()
						+ " does not tell where its classes are: start the service from a class path or an executable archive");
			}
			for (URL url : urls.getURLs()) {
				locations.add(location(url));
			}
			boot |= current.getClass().getName().startsWith(BOOT_LOADER);
			current = current.getParent();
		}
		if (!boot) {
			addPaths(locations, System.getProperty("java.class.path", ""));
			addPaths(locations, modulePath());
		}
		return new LaunchPlan(List.copyOf(locations));
	}

	/**
	 * Whether a location lies in an executable archive, so that it must be unpacked
	 * first.
	 * @param location the location
	 * @return whether it does
	 */
	static boolean isNested(String location) {
		return location.startsWith(NestedLocation.PREFIX);
	}

	private static boolean isOfTheJdk(ClassLoader loader) {
		return loader.equals(ClassLoader.getSystemClassLoader()) || loader.equals(ClassLoader.getPlatformClassLoader());
	}

	/** Modules are put on the class path, where an application mostly works as well. */
	private static String modulePath() {
		return (System.getProperty("jdk.module.main") != null) ? System.getProperty("jdk.module.path", "") : "";
	}

	private static void addPaths(Set<String> locations, String paths) {
		if (paths.isEmpty()) {
			return;
		}
		for (String path : paths.split(File.pathSeparator, -1)) {
			// An empty entry is the current directory.
			locations.add(Path.of(path).toAbsolutePath().normalize().toString());
		}
	}

	private static String location(URL url) throws IOException {
		String text = url.toString();
		if (isNested(text)) {
			return text;
		}
		String file = (text.startsWith("jar:") && text.endsWith("!/")) ? text.substring(4, text.length() - 2) : text;
		if (!file.startsWith("file:")) {
			throw new IOException(
					"Workers cannot be started from here, for classes come from " + text + ", not from a file");
		}
		return path(new URL(file));
	}

	private static String path(URL url) throws IOException {
		String path;
		try {
			path = Path.of(url.toURI()).toAbsolutePath().normalize().toString();
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			// A loader may have been given an address with a space in it.
			path = Path.of(url.getPath()).toAbsolutePath().normalize().toString();
		}
		if (path.contains(File.pathSeparator)) {
			throw new IOException(
					"No class path can have " + path + ", for '" + File.pathSeparator + "' separates its entries");
		}
		return path;
	}

}
