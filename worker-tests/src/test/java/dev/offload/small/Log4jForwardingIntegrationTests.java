package dev.offload.small;

import java.nio.file.Path;

import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import dev.offload.OffloadExecutor;

/**
 * The log of a worker that logs with Log4j 2, as its service does. Run with a class path
 * of its own.
 */
class Log4jForwardingIntegrationTests extends AbstractForwardedLog {

	@BeforeAll
	static void start(@TempDir Path directory) {
		start(directory, "forwarded-log4j2.xml");
	}

	@Test
	void eventsOfAWorkerWithAnotherConfigurationAreLoggedHere() throws Exception {
		try (OffloadExecutor plain = plain()) {
			plain.call(Configured::logAnew);
			awaitLine("Logged anew");
		}
	}

	/**
	 * Loaded only where Log4j is.
	 */
	private static final class Configured {

		private Configured() {
		}

		// As where the file of a configuration is watched and has changed.
		static @Nullable String logAnew() {
			LoggerContext.getContext(false).setConfiguration(new DefaultConfiguration());
			LoggerFactory.getLogger(Log4jForwardingIntegrationTests.class).info("Logged anew");
			return null;
		}

	}

}
