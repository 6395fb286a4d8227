package dev.offload.small;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of a worker that logs with Log4j 2, as its service does. Run with a class path
 * of its own.
 */
class Log4jForwardingIntegrationTests extends AbstractForwardedLog {

	@BeforeAll
	static void start(@TempDir Path directory) {
		start(directory, "forwarded-log4j2.xml");
	}

}
