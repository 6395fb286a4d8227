package dev.offload.launched;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import javax.tools.ToolProvider;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.devtools.restart.Restarter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker runs a bean of the application, however the application was packaged and
 * started. Each form is built here, from the jar of the build, and started as a process.
 */
class LaunchFormsIntegrationTests {

	private static final Path JAR = Path.of(System.getProperty("launched.jar"));

	private static final String PATH_SEPARATOR = System.getProperty("path.separator");

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
	void explodedArchive() throws Exception {
		Path exploded = directory.resolve("exploded");
		unpack(JAR, exploded);
		assertAnswers(
				List.of(java(), "-cp", exploded.toString(), "org.springframework.boot.loader.launch.JarLauncher"));
	}

	@Test
	void executableJarAnswersUntilItIsReplaced() throws Exception {
		Path jar = Files.copy(JAR, directory.resolve("replaced.jar"));
		assertRefusedAfterReplacing(jar, List.of("-jar", jar.toString()));
	}

	@Test
	void extractedLayoutAnswersUntilALibraryOfItIsReplaced() throws Exception {
		Path copy = directory.resolve("replaced");
		copy(extracted, copy);
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
		String output = run(directory, command);
		assertAnswered(output);
		assertThat(output)
			.contains("Hello world from ", "Refused ", file + " was " + size + " bytes of ",
					"and is " + (size + 7) + " bytes of ", "Was a jar replaced under the running service? Restart it")
			.doesNotContain("Again ");
	}

	@Test
	void plainClassPath() throws Exception {
		String classPath = classPath().map(Path::toString).collect(Collectors.joining(PATH_SEPARATOR));
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

	// As the plugins of build tools and editors start it: directories of classes, and a
	// class path that fits into no command line.
	@Test
	void directoriesInAFileOfArguments() throws Exception {
		Path classes = classes("directories");
		String classPath = classes + PATH_SEPARATOR + libraries()
				+ (PATH_SEPARATOR + "/no/such/" + "x".repeat(200)).repeat(700);
		assertThat(classPath.length()).isGreaterThan(128 * 1024);
		Path file = directory.resolve("directories.args");
		Files.writeString(file, "-cp \"" + classPath + "\"");
		assertAnswers(List.of(java(), "@" + file, MAIN_CLASS));
	}

	@Test
	void restartOfTheDeveloperTools() throws Exception {
		Path classes = classes("restarted");
		Path output = directory.resolve("restarted.txt");
		String developerTools = Path.of(Restarter.class.getProtectionDomain().getCodeSource().getLocation().toURI())
			.toString();
		Process process = start(directory, output,
				List.of(java(), "-cp", classes + PATH_SEPARATOR + libraries() + PATH_SEPARATOR + developerTools,
						"-Dlaunched.stay=true", "-Dspring.main.keep-alive=true",
						"-Dspring.devtools.livereload.enabled=false", "-Dspring.devtools.restart.poll-interval=200ms",
						"-Dspring.devtools.restart.quiet-period=100ms", MAIN_CLASS));
		try {
			long former = awaitPid(output, "Hello world from (\\d+)\\R");
			compileOtherGreeter(classes);
			long next = awaitPid(output, "Hello again world from (\\d+)\\R");
			assertThat(next).isNotIn(former, process.pid());
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> ProcessHandle.of(former).filter(ProcessHandle::isAlive).isEmpty());
			assertThat(process.isAlive()).as("the service itself").isTrue();
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private static long awaitPid(Path output, String line) {
		Pattern pattern = Pattern.compile(line);
		AtomicLong pid = new AtomicLong();
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			Matcher matcher = pattern.matcher(Files.readString(output));
			assertThat(matcher.find()).as("%s in:%n%s", line, Files.readString(output)).isTrue();
			pid.set(Long.parseLong(matcher.group(1)));
		});
		return pid.get();
	}

	private static void compileOtherGreeter(Path classes) throws IOException {
		String file = Greeter.class.getName().replace('.', '/');
		String source = Files.readString(Path.of("src", "main", "java").resolve(file + ".java"))
			.replace("this.word + \" \"", "this.word + \" again \"");
		Path changed = Files.createDirectories(directory.resolve("changed").resolve(file).getParent());
		Path java = Files.writeString(changed.resolve("Greeter.java"), source);
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-parameters", "-proc:none", "-cp", classes + PATH_SEPARATOR + libraries(), "-d",
					directory.resolve("changed").toString(), java.toString());
		assertThat(result).isZero();
		// In one step, for the tools look at any time.
		Files.move(changed.resolve("Greeter.class"), classes.resolve(file + ".class"),
				StandardCopyOption.REPLACE_EXISTING);
	}

	private static Path classes(String name) throws IOException {
		Path classes = directory.resolve(name);
		unpack(extracted.resolve(JAR.getFileName()), classes);
		return classes;
	}

	private static String libraries() throws IOException {
		return classPath().skip(1).map(Path::toString).collect(Collectors.joining(PATH_SEPARATOR));
	}

	private static Stream<Path> classPath() throws IOException {
		List<Path> libraries;
		try (Stream<Path> files = Files.list(extracted.resolve("lib"))) {
			libraries = files.sorted().toList();
		}
		return Stream.concat(Stream.of(extracted.resolve(JAR.getFileName())), libraries.stream());
	}

	private static void assertAnswers(List<String> command) throws IOException, InterruptedException {
		assertAnswered(run(directory, command));
	}

	private static void assertAnswered(String output) {
		Matcher answer = ANSWER.matcher(output);
		assertThat(answer.find()).as(output).isTrue();
		assertThat(answer.group(1)).as("process of the worker").isNotEqualTo(answer.group(2));
	}

	private static String run(Path directory, List<String> command) throws IOException, InterruptedException {
		Path output = Files.createTempFile(directory, "output", ".txt");
		Process process = start(directory, output, command);
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

	private static Process start(Path directory, Path output, List<String> command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		// these tests mostly start things; a worker gets none of this
		builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
		return builder.start();
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static void copy(Path source, Path target) throws IOException {
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Files.copy(file, target.resolve(source.relativize(file).toString()));
			}
		}
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
