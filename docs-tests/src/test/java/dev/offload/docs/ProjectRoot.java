package dev.offload.docs;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory that holds the documents.
 */
final class ProjectRoot {

	private ProjectRoot() {
	}

	static Path find() {
		Path directory = Path.of("").toAbsolutePath();
		while (directory != null && !Files.exists(directory.resolve("docs/fault-cases.md"))) {
			directory = directory.getParent();
		}
		if (directory == null) {
			throw new IllegalStateException("There is no docs/fault-cases.md above " + Path.of("").toAbsolutePath());
		}
		return directory;
	}

}
