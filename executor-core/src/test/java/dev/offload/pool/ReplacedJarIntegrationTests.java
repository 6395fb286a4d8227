package dev.offload.pool;

import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for services of which a jar is replaced while they run: no worker is taken that
 * has other classes than its service.
 */
class ReplacedJarIntegrationTests extends AbstractPool {

	private static final String WAS_REPLACED = "Was a jar replaced under the running service? Restart it";

	@Test
	void jarReplacedBetweenTwoTasksIsNoticedByTheNextWorker() throws Exception {
		Path jar = writeJar("library.jar", null);
		long size = Files.size(jar);
		String output = runService(jar, "between-tasks");
		assertThat(output).contains("SAME WORKER true")
			.contains("REFUSED ")
			.contains("the class path is not the one that this service was started with: " + jar + " was " + size
					+ " bytes of 20")
			.contains("and is 123 bytes of 2001-09-09T01:46:40Z. " + WAS_REPLACED)
			.contains("AGAIN");
	}

	@Test
	void jarReplacedBeforeTheFirstTaskIsNoticed() throws Exception {
		Path jar = writeJar("library.jar", null);
		assertThat(runService(jar, "before-the-first")).contains("REFUSED ", "and is 123 bytes of", WAS_REPLACED)
			.doesNotContain("RUN BY");
	}

	@Test
	void jarReplacedWhileAWorkerStartsIsNoticedByItsHandshake() throws Exception {
		Path jar = writeJar("library.jar", null);
		assertThat(runService(jar, "during-a-start"))
			.contains("its class path is not the one that it was started with (it has '", WAS_REPLACED, "REFUSED ")
			.doesNotContain("RUN BY");
	}

	@Test
	void agentOfAWorkerIsNoReplacedJar() throws Exception {
		Path agent = writeJar("agent.jar", SilentAgent.class);
		OffloadExecutor executor = create(spec().worker(worker().jvmArgs(List.of("-javaagent:" + agent)).build()));
		assertThat(executor.call(() -> System.getProperty("test.agent"))).isEqualTo("here");
	}

	private Path writeJar(String name, @Nullable Class<?> agent) throws Exception {
		Path jar = Objects.requireNonNull(this.directory).resolve(name);
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		if (agent != null) {
			manifest.getMainAttributes().putValue("Premain-Class", agent.getName());
		}
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file, manifest)) {
			if (agent != null) {
				String resource = agent.getName().replace('.', '/') + ".class";
				out.putNextEntry(new JarEntry(resource));
				try (InputStream bytes = agent.getClassLoader().getResourceAsStream(resource)) {
					Objects.requireNonNull(bytes).transferTo(out);
				}
			}
		}
		return jar;
	}

	private String runService(Path jar, String when) throws Exception {
		Path output = jar.resolveSibling("output.txt");
		Process service = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + jar.getParent(), "-cp",
				System.getProperty("java.class.path") + File.pathSeparator + jar, ReplacedJarService.class.getName(),
				jar.toString(), when)
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(service.waitFor(2, TimeUnit.MINUTES)).as("%s", output).isTrue();
			String text = Files.readString(output, StandardCharsets.UTF_8);
			assertThat(service.exitValue()).as(text).isZero();
			return text;
		}
		finally {
			service.destroyForcibly().waitFor();
		}
	}

}
