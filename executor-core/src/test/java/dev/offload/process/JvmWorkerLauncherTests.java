package dev.offload.process;

import java.nio.file.Files;
import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JvmWorkerLauncher} without any process.
 */
class JvmWorkerLauncherTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(JvmWorkerLauncher.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@TempDir
	private Path directory;

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void prepareWarnsOnceOfAGroupThatEndsAsAWhole() throws Exception {
		Path file = Files.writeString(this.directory.resolve("memory.oom.group"), "1\n");
		JvmWorkerLauncher launcher = launcher();
		launcher.prepare();
		launcher.prepare();
		assertThat(this.log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).startsWith(file + " is 1").contains("singleProcessOOMKill");
		});
	}

	@Test
	void prepareSaysNothingWhereOneProcessIsEnded() throws Exception {
		Files.writeString(this.directory.resolve("memory.oom.group"), "0\n");
		launcher().prepare();
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void obstacleWhenWorkersCanBeStartedIsNull() {
		assertThat(launcher().obstacle()).isNull();
	}

	@Test
	void obstacleWhenInANativeImageSaysSo() {
		System.setProperty("org.graalvm.nativeimage.imagecode", "runtime");
		try {
			assertThat(launcher().obstacle()).contains("native image");
		}
		finally {
			System.clearProperty("org.graalvm.nativeimage.imagecode");
		}
	}

	private JvmWorkerLauncher launcher() {
		return new JvmWorkerLauncher(JvmWorkerLauncher.class, this.directory.resolve("cache"),
				new ControlGroup(this.directory, this.directory));
	}

}
