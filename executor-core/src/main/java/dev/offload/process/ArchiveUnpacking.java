package dev.offload.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * What has to be unpacked from executable archives, and where it goes: nested jars into
 * {@code lib} under their own names, a directory of classes into a jar.
 *
 * @param targets each location of the class path, with the file below the directory of
 * the unpacking, or with itself if it lies in no archive
 * @param identities the archives as they are now: path, size and time of the last change
 */
record ArchiveUnpacking(Map<String, String> targets, Set<String> identities) {

	/** In each unpacking: the identities of its archives. Written last. */
	private static final String IDENTITY_FILE = "archives";

	/** To be raised when what is written changes. */
	private static final String FORMAT = "1";

	private static final List<String> OF_THE_LAUNCHER = List.of("Main-Class", "Start-Class", "Class-Path",
			"Launcher-Agent-Class");

	static ArchiveUnpacking of(List<String> locations) throws IOException {
		Map<String, String> targets = new LinkedHashMap<>();
		Set<String> identities = new LinkedHashSet<>();
		Set<String> names = new HashSet<>();
		for (String location : locations) {
			if (!LaunchPlan.isNested(location)) {
				targets.put(location, location);
				continue;
			}
			NestedLocation nested = NestedLocation.parse(location);
			identities.add(identity(nested.archive()));
			String name = nested.isDirectory() ? "classes.jar" : "lib/" + nested.fileName();
			targets.put(location, names.add(name) ? name : targets.size() + "/" + name);
		}
		return new ArchiveUnpacking(targets, identities);
	}

	/**
	 * Whether an unpacking can no longer be used by new services.
	 * @param unpacked its directory
	 * @return whether an archive of it is gone or has changed, or it is not complete
	 * @throws IOException if that cannot be found out
	 */
	static boolean isStale(Path unpacked) throws IOException {
		Path file = unpacked.resolve(IDENTITY_FILE);
		if (!Files.exists(file)) {
			return true;
		}
		for (String identity : Files.readAllLines(file)) {
			Path archive = Path.of(identity.substring(0, identity.indexOf('\t')));
			if (!Files.exists(archive) || !identity(archive).equals(identity)) {
				return true;
			}
		}
		return false;
	}

	String key() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			String all = FORMAT + "\n" + this.identities + "\n" + this.targets.keySet();
			return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8)), 0, 12);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	List<String> classPath(Path unpacked) {
		List<String> classPath = new ArrayList<>();
		this.targets.forEach((location, target) -> classPath
			.add(LaunchPlan.isNested(location) ? unpacked.resolve(target).toString() : target));
		return classPath;
	}

	boolean isComplete(Path unpacked) {
		return Files.exists(unpacked.resolve(IDENTITY_FILE))
				&& classPath(unpacked).stream().map(Path::of).allMatch(Files::exists);
	}

	void writeTo(Path directory) throws IOException {
		for (Map.Entry<String, String> target : this.targets.entrySet()) {
			if (LaunchPlan.isNested(target.getKey())) {
				write(NestedLocation.parse(target.getKey()), resolve(directory, target.getValue()));
			}
		}
		Files.write(directory.resolve(IDENTITY_FILE), this.identities);
	}

	private static Path resolve(Path directory, String target) throws IOException {
		Path file = directory.resolve(target).normalize();
		if (!file.startsWith(directory)) {
			throw new IOException("An archive must not name a file outside of itself: " + target);
		}
		Files.createDirectories(file.getParent());
		return file;
	}

	private static void write(NestedLocation nested, Path file) throws IOException {
		try (JarFile archive = new JarFile(nested.archive().toFile())) {
			if (nested.isDirectory()) {
				writeClasses(archive, nested.entry(), file);
				return;
			}
			JarEntry entry = archive.getJarEntry(nested.entry());
			if (entry == null) {
				throw new IOException("There is no " + nested.entry() + " in " + nested.archive());
			}
			try (InputStream input = archive.getInputStream(entry)) {
				Files.copy(input, file);
			}
		}
	}

	private static void writeClasses(JarFile archive, String prefix, Path file) throws IOException {
		try (OutputStream output = Files.newOutputStream(file);
				JarOutputStream jar = new JarOutputStream(output, manifest(archive))) {
			for (JarEntry entry : (Iterable<JarEntry>) archive.stream()::iterator) {
				String name = entry.getName().startsWith(prefix) ? entry.getName().substring(prefix.length()) : "";
				if (name.isEmpty() || name.equals(JarFile.MANIFEST_NAME)) {
					continue;
				}
				jar.putNextEntry(new JarEntry(name));
				try (InputStream input = archive.getInputStream(entry)) {
					input.transferTo(jar);
				}
				jar.closeEntry();
			}
		}
	}

	/**
	 * The archive's own manifest, from which classes know their version, without what is
	 * said to a launcher.
	 * @param archive the archive
	 * @return the manifest
	 * @throws IOException if it cannot be read
	 */
	private static Manifest manifest(JarFile archive) throws IOException {
		Manifest manifest = (archive.getManifest() != null) ? new Manifest(archive.getManifest()) : new Manifest();
		Attributes attributes = manifest.getMainAttributes();
		attributes.putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
		OF_THE_LAUNCHER.forEach((name) -> attributes.remove(new Attributes.Name(name)));
		return manifest;
	}

	private static String identity(Path archive) throws IOException {
		return archive.toRealPath() + "\t" + Files.size(archive) + "\t" + Files.getLastModifiedTime(archive).toMillis();
	}

}
