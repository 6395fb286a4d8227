package dev.offload.process;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.WorkerContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JvmOptions}.
 */
class JvmOptionsTests {

	private static final List<String> SERVICE = List.of("-Xmx4g", "-Xms1g", "-XX:+UseZGC", "-ea", "--enable-preview",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-agentlib:jdwp=transport=dt_socket,server=y",
			"-javaagent:/agent.jar", "-Xlog:gc:file=gc.log", "-XX:StartFlightRecording", "-Dserver.port=80",
			"-Dcom.sun.management.jmxremote.port=9010", "-Ddatabase.password=secret", "-Dspring.profiles.active=prod",
			"-Duser.timezone=UTC", "-Duser.language=de", "-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=/data/tmp",
			"-Djava.util.logging.manager=x", "-Dlogging.file.name=app.log", "-XX:TieredStopAtLevel=1");

	@Test
	void inheritWhenContextIsNoneTakesModulesAssertionsAndTheMachine() {
		assertThat(JvmOptions.inherit(SERVICE, WorkerContext.NONE)).containsExactly("-ea", "--enable-preview",
				"--add-opens=java.base/java.lang=ALL-UNNAMED", "-Duser.timezone=UTC", "-Duser.language=de",
				"-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=/data/tmp", "-XX:TieredStopAtLevel=1");
	}

	@Test
	void inheritWhenContextIsTheApplicationTakesItsPropertiesToo() {
		for (WorkerContext context : List.of(WorkerContext.APPLICATION, WorkerContext.SOURCES)) {
			assertThat(JvmOptions.inherit(SERVICE, context)).containsExactly("-ea", "--enable-preview",
					"--add-opens=java.base/java.lang=ALL-UNNAMED", "-Ddatabase.password=secret",
					"-Dspring.profiles.active=prod", "-Duser.timezone=UTC", "-Duser.language=de",
					"-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=/data/tmp", "-XX:TieredStopAtLevel=1");
		}
	}

}
