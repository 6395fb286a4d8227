package dev.offload.launched;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker runs a bean of the application, however the application was packaged and
 * started. Each form is built here, from the jar of the build, and started as a process.
 */
class LaunchFormsIntegrationTests {

	private static final Path JAR = Path.of(System.getProperty("launched.jar"));

	private static final Path PROJECT = Path.of(System.getProperty("launched.project"));

	private static final String MAIN_CLASS = LaunchedApplication.class.getName();

	private static final Pattern ANSWER = Pattern.compile("Hello world from (\\d+)\\R(?s:.*)Service (\\d+)");

	@TempDir
	private static Path directory;

	private static Path extracted;

	@BeforeAll
	static void extract() throws Exception {
		extracted = directory.resolve("extracted");
		run(directory, List.of(java(), "-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination",
				extracted.toString()));
	}

	@Test
	void executableJar() throws Exception {
		assertAnswers(List.of(java(), "-jar", JAR.toString()));
	}

	@Test
	void executableJarByItsRelativeName() throws Exception {
		Files.copy(JAR, directory.resolve("app.jar"));
		assertAnswers(List.of(java(), "-jar", "app.jar"));
	}

	@Test
	void extractedLayout() throws Exception {
		assertAnswers(List.of(java(), "-jar", extracted.resolve(JAR.getFileName()).toString()));
	}

	@Test
	void explodedArchive() throws Exception {
		Path exploded = directory.resolve("exploded");
		unpack(JAR, exploded);
		assertAnswers(
				List.of(java(), "-cp", exploded.toString(), "org.springframework.boot.loader.launch.JarLauncher"));
	}

	@Test
	void executableJarThatIsReplacedIsNotUsed() throws Exception {
		Path jar = Files.copy(JAR, directory.resolve("replaced.jar"));
		assertRefusedAfterReplacing(jar, List.of("-jar", jar.toString()));
	}

	@Test
	void libraryOfTheExtractedLayoutThatIsReplacedIsNotUsed() throws Exception {
		Path copy = directory.resolve("replaced");
		run(directory, List.of(java(), "-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination",
				copy.toString()));
		Path library;
		try (Stream<Path> files = Files.list(copy.resolve("lib"))) {
			library = files.filter((file) -> file.getFileName().toString().startsWith("snakeyaml"))
				.findFirst()
				.orElseThrow();
		}
		assertRefusedAfterReplacing(library, List.of("-jar", copy.resolve(JAR.getFileName()).toString()));
	}

	private static void assertRefusedAfterReplacing(Path file, List<String> arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(java(), "-Dlaunched.replace=" + file));
		command.addAll(arguments);
		long size = Files.size(file);
		assertThat(run(directory, command))
			.contains("Hello world from ", "Refused ", file + " was " + size + " bytes of ",
					"and is " + (size + 7) + " bytes of ", "Was a jar replaced under the running service? Restart it")
			.doesNotContain("Again ");
	}

	@Test
	void plainClassPath() throws Exception {
		String classPath = classPath().map(Path::toString)
			.collect(Collectors.joining(System.getProperty("path.separator")));
		assertAnswers(List.of(java(), "-cp", classPath, MAIN_CLASS));
	}

	@Test
	void pathingJar() throws Exception {
		Path jar = directory.resolve("pathing.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes()
			.put(Attributes.Name.CLASS_PATH,
					classPath().map((entry) -> entry.toUri().toString()).collect(Collectors.joining(" ")));
		try (OutputStream out = Files.newOutputStream(jar)) {
			new JarOutputStream(out, manifest).close();
		}
		assertAnswers(List.of(java(), "-cp", jar.toString(), MAIN_CLASS));
	}

	@Test
	void mavenPlugin() throws Exception {
		List<String> command = new ArrayList<>(List.of(PROJECT.resolve("mvnw").toString(), "-o", "-B", "-q", "-f",
				PROJECT.resolve("pom.xml").toString(), "-pl", "worker-tests", "-am", "-Dlaunched.skip=false",
				"-Dcheckstyle.skip", "-Dspring-javaformat.skip", "-Denforcer.skip",
				"-Dspring-boot.version=" + System.getProperty("launched.boot"), "spring-boot:run"));
		assertAnswers(command);
	}

	private static Stream<Path> classPath() throws IOException {
		List<Path> libraries;
		try (Stream<Path> files = Files.list(extracted.resolve("lib"))) {
			libraries = files.sorted().toList();
		}
		return Stream.concat(Stream.of(extracted.resolve(JAR.getFileName())), libraries.stream());
	}

	private static void assertAnswers(List<String> command) throws IOException, InterruptedException {
		String output = run(directory, command);
		Matcher answer = ANSWER.matcher(output);
		assertThat(answer.find()).as(output).isTrue();
		assertThat(answer.group(1)).as("process of the worker").isNotEqualTo(answer.group(2));
	}

	private static String run(Path directory, List<String> command) throws IOException, InterruptedException {
		Path output = Files.createTempFile(directory, "output", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		// these tests mostly start things; a worker gets none of this
		builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
		Process process = builder.start();
		try {
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ended:%n%s", command, Files.readString(output))
				.isTrue();
			assertThat(process.exitValue()).as("exit code of %s:%n%s", command, Files.readString(output)).isZero();
			return Files.readString(output);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static void unpack(Path jar, Path target) throws IOException {
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			for (ZipEntry entry : zip.stream().toList()) {
				Path file = target.resolve(entry.getName());
				if (entry.isDirectory()) {
					Files.createDirectories(file);
				}
				else {
					Files.createDirectories(file.getParent());
					Files.copy(zip.getInputStream(entry), file);
				}
			}
		}
	}

}
