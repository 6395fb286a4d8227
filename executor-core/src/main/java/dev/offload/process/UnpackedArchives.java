package dev.offload.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A cache of unpacked executable archives.
 */
final class UnpackedArchives {

	private final Path directory;

	UnpackedArchives(Path directory) {
		this.directory = directory;
	}

	static Path defaultDirectory() {
		return Path.of(System.getProperty("java.io.tmpdir"), "offload-cache-" + System.getProperty("user.name"));
	}

	List<String> classPath(LaunchPlan plan) throws IOException {
		for (String location : plan.locations()) {
			if (LaunchPlan.isNested(location)) {
				throw new IOException("Cannot yet unpack " + location + " into " + this.directory);
			}
		}
		return plan.locations();
	}

}
