package dev.offload.small;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of a worker that logs with Logback.
 */
class LogbackForwardingIntegrationTests extends AbstractForwardedLog {

	@BeforeAll
	static void start(@TempDir Path directory) {
		start(directory, "forwarded-logback.xml");
	}

}
