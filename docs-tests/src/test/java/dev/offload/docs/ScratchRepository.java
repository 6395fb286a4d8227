package dev.offload.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local Maven repository with the artifacts of this build, as {@code install} would put
 * them there. They get a version of their own: Maven looks here last, and may find some
 * of that version that somebody has installed on this machine.
 */
final class ScratchRepository {

	static final String VERSION = "0-quick-start";

	private final Path directory;

	private final String version;

	ScratchRepository(Path directory, String version) {
		this.directory = directory;
		this.version = version;
	}

	Path directory() {
		return this.directory;
	}

	void add(String artifact, Path pom) throws IOException {
		Files.writeString(file(artifact, ".pom"), Files.readString(pom).replace(this.version, VERSION));
	}

	void add(Path module) throws IOException {
		String artifact = module.getFileName().toString();
		add(artifact, module.resolve("pom.xml"));
		Path jar = module.resolve("target").resolve(artifact + "-" + this.version + ".jar");
		if (!Files.exists(jar)) {
			throw new IllegalStateException(
					"There is no " + jar + "; ./mvnw verify at the root makes it before this test runs");
		}
		Files.copy(jar, file(artifact, ".jar"));
	}

	private Path file(String artifact, String extension) throws IOException {
		Path parent = this.directory.resolve("dev/offload").resolve(artifact).resolve(VERSION);
		Files.createDirectories(parent);
		return parent.resolve(artifact + "-" + VERSION + extension);
	}

}
