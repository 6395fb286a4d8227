package dev.offload.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts services in ways that are hard to follow, each of which starts a worker.
 */
class LaunchFormsIntegrationTests {

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final String CLASS_PATH = System.getProperty("java.class.path");

	@TempDir
	private Path directory;

	@Test
	void workerStartsWhenClassPathIsLongerThanACommandLineMayBe() throws Exception {
		String padding = ":/no/such/directory/" + "x".repeat(200);
		String classPath = CLASS_PATH + padding.repeat(1000);
		assertThat(classPath.length()).isGreaterThan(128 * 1024);
		Path file = this.directory.resolve("service.args");
		ArgumentFile.write(file, List.of("-cp", classPath));
		assertWorkerStarts(List.of(JAVA, "@" + file));
	}

	@Test
	void workerStartsWhenClassPathIsThatOfAManifest() throws Exception {
		Path jar = this.directory.resolve("pathing.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes()
			.put(Attributes.Name.CLASS_PATH,
					Stream.of(CLASS_PATH.split(File.pathSeparator))
						.map((path) -> Path.of(path).toUri().toString())
						.collect(Collectors.joining(" ")));
		try (OutputStream output = Files.newOutputStream(jar)) {
			new JarOutputStream(output, manifest).close();
		}
		assertWorkerStarts(List.of(JAVA, "-cp", jar.toString()));
	}

	/** By a script, for the JVM of this test may be in a locale without these letters. */
	@Test
	void workerStartsWhenPathHasSpacesAndUmlauts() throws Exception {
		String name = this.directory + "/größer als äöü";
		String classes = Stream.of(CLASS_PATH.split(File.pathSeparator))
			.filter((path) -> Files.isDirectory(Path.of(path)))
			.map((path) -> "cp -r '" + path + "/.' '" + name + "'")
			.collect(Collectors.joining("\n"));
		String jars = Stream.of(CLASS_PATH.split(File.pathSeparator))
			.filter((path) -> path.endsWith(".jar"))
			.collect(Collectors.joining(File.pathSeparator));
		Path script = this.directory.resolve("start.sh");
		Files.writeString(script, "mkdir -p '" + name + "'\n" + classes + "\ncd '" + name + "'\nLC_ALL=C.UTF-8 exec '"
				+ JAVA + "' -cp '" + name + ":" + jars + "' \"$@\"\n", StandardCharsets.UTF_8);
		List<String> output = assertWorkerStarts(List.of("sh", script.toString()));
		assertThat(output).anyMatch((line) -> line.endsWith("DIRECTORY " + name));
	}

	private List<String> assertWorkerStarts(List<String> command) throws Exception {
		List<String> words = new ArrayList<>(command);
		words.addAll(List.of("-Xmx64m", "-Dstdout.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8",
				"-Dtest.directory=" + this.directory, TestService.class.getName(), "--", "directory"));
		Process service = new ProcessBuilder(words).redirectErrorStream(true).start();
		try (BufferedReader reader = service.inputReader(StandardCharsets.UTF_8)) {
			List<String> output = new ArrayList<>();
			String line = reader.readLine();
			while (line != null && !line.equals("STARTED")) {
				output.add(line);
				line = reader.readLine();
			}
			assertThat(line).as(String.join("\n", output)).isEqualTo("STARTED");
			return output;
		}
		finally {
			service.destroyForcibly().waitFor();
		}
	}

}
