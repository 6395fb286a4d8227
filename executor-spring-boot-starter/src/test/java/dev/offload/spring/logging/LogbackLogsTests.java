package dev.offload.spring.logging;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.spi.WorkerLogEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogbackLogs} and {@link FileAppenders}.
 */
class LogbackLogsTests {

	private final LoggerContext context = new LoggerContext();

	private final List<WorkerLogEvent> told = new ArrayList<>();

	@TempDir
	private Path directory;

	@BeforeEach
	void prepare() {
		this.context.setMDCAdapter(new LogbackMDCAdapter());
	}

	@AfterEach
	void stop() {
		this.context.stop();
	}

	@Test
	void configurationThatIsReadAnewIsForwardedAndWritesNoFile() throws JoranException {
		configure();
		LogbackLogs.follow(this.context, this.told::add);
		LogbackLogs.detachFiles(this.context);
		this.context.getLogger("a").info("first");
		configure();
		configure();
		this.context.getLogger("a").info("second");
		assertThat(this.told).extracting(WorkerLogEvent::message).containsExactly("first", "second");
		List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
		this.context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(appenders::add);
		assertThat(appenders).extracting(Appender::getName).containsExactly(LogbackAppender.NAME);
	}

	private void configure() throws JoranException {
		String configuration = """
				<configuration>
				  <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
				    <encoder><pattern>%m%n</pattern></encoder>
				  </appender>
				  <appender name="file" class="ch.qos.logback.core.FileAppender">
				    <file>DIRECTORY/app.log</file>
				    <encoder><pattern>%m%n</pattern></encoder>
				  </appender>
				  <root level="info"><appender-ref ref="console"/><appender-ref ref="file"/></root>
				</configuration>
				""".replace("DIRECTORY", this.directory.toString());
		this.context.reset();
		JoranConfigurator configurator = new JoranConfigurator();
		configurator.setContext(this.context);
		configurator.doConfigure(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
	}

}
