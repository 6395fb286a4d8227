package dev.offload.process;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.ClassPathStamp;

/**
 * A launch plan, and its files as they were when the service began. Workers of other
 * files would not understand the service, and fail anywhere and at any time.
 *
 * @param plan the plan
 * @param paths its jars and archives
 * @param stamp what they were
 */
record StampedPlan(LaunchPlan plan, Set<String> paths, ClassPathStamp stamp) {

	static StampedPlan of(LaunchPlan plan) throws IOException {
		Set<String> paths = new LinkedHashSet<>();
		for (String location : plan.locations()) {
			paths.add(LaunchPlan.isNested(location) ? NestedLocation.parse(location).archive().toString() : location);
		}
		if (paths.size() == 1 && new File(paths.iterator().next()).isFile()) {
			addManifestPath(paths, Path.of(paths.iterator().next()));
		}
		return new StampedPlan(plan, paths, ClassPathStamp.of(paths));
	}

	/**
	 * Sees that nothing has changed.
	 * @throws IOException if it has; the message says what and what to do
	 */
	void check() throws IOException {
		List<String> changes = this.stamp.changes(ClassPathStamp.of(this.paths));
		if (!changes.isEmpty()) {
			throw new IOException("the class path is not the one that this service was started with: "
					+ String.join("; ", changes) + ". Was a jar replaced under the running service? Restart it");
		}
	}

	/**
	 * A class path of one jar has the others in its manifest: so does what
	 * {@code java -jar} starts, and what build tools make of a long class path.
	 * @param paths where to add them
	 * @param jar the jar
	 */
	private static void addManifestPath(Set<String> paths, Path jar) {
		try (JarFile file = new JarFile(jar.toFile())) {
			Manifest manifest = file.getManifest();
			String classPath = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH)
					: null;
			if (classPath == null) {
				return;
			}
			for (String entry : classPath.trim().split("\\s+", -1)) {
				String path = resolve(jar.toUri(), entry);
				if (path != null) {
					paths.add(path);
				}
			}
		}
		catch (IOException ex) {
			// The JVM reads it or does not: it has no other files then.
		}
	}

	private static @Nullable String resolve(URI base, String entry) {
		try {
			return Path.of(base.resolve(entry)).toString();
		}
		catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException ex) {
			return null;
		}
	}

}
