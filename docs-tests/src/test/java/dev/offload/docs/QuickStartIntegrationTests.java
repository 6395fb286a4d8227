package dev.offload.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does what the quick start of {@code README.md} says, with the code that stands there:
 * the jars of all modules must have been built before.
 */
class QuickStartIntegrationTests {

	private static final Path ROOT = ProjectRoot.find();

	private static final boolean OFFLINE = "offline=true".equals(System.getProperty("quickstart.build"));

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern TYPE = Pattern.compile("public class (\\w+)");

	private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");

	private static final Pattern URL = Pattern.compile("curl localhost:8080(\\S+)");

	private static final Pattern ANSWER = Pattern.compile("made by process (\\d+) for process (\\d+)");

	@TempDir
	private Path directory;

	@Test
	void springBootOfTheReadmeIsThatOfTheBuild() throws IOException {
		String version = find(Pattern.compile("<spring-boot.version>(.+)</"),
				Files.readString(ROOT.resolve("pom.xml")));
		assertThat(blocks().of("xml").get(0)).contains("<version>" + version + "</version>");
	}

	@Test
	void applicationOfTheReadmeRunsItsMethodInAWorker() throws Exception {
		CodeBlocks blocks = blocks();
		write(blocks);
		String commands = String.join("\n", blocks.of(""));
		assertThat(commands).contains("\nmvn -q package\n");
		run(maven());
		Path output = this.directory.resolve("service.log");
		Process service = start(java(commands), output);
		try {
			String port = awaitPort(service, output);
			List<String> paths = URL.matcher(commands).results().map((url) -> url.group(1)).toList();
			Matcher answer = ANSWER.matcher(get(port, paths.get(0)));
			assertThat(answer.find()).isTrue();
			assertThat(Long.parseLong(answer.group(2))).isEqualTo(service.pid())
				.isNotEqualTo(Long.parseLong(answer.group(1)));
			assertThat(get(port, paths.get(1))).contains("\"name\":\"pdf\"", "\"pid\":" + answer.group(1));
		}
		finally {
			service.destroy();
			assertThat(service.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
	}

	private static CodeBlocks blocks() throws IOException {
		return CodeBlocks.ofSection(Files.readString(ROOT.resolve("README.md")), "Quick start");
	}

	private void write(CodeBlocks blocks) throws IOException {
		String source = blocks.of("java").get(0);
		String packageName = find(PACKAGE, source).replace('.', '/');
		// The line of Spring Boot that is tested, and what was built here.
		String pom = blocks.of("xml")
			.get(0)
			.replaceFirst("<version>4\\.[\\d.]+</version>",
					"<version>" + System.getProperty("quickstart.boot") + "</version>");
		String version = System.getProperty("quickstart.version");
		assertThat(pom).contains("<version>" + version + "</version>");
		write("pom.xml", pom.replace(version, ScratchRepository.VERSION));
		write("src/main/java/" + packageName + "/" + find(TYPE, source) + ".java", source);
		write("src/main/resources/application.yml", blocks.of("yaml").get(0));
	}

	private void write(String file, String text) throws IOException {
		Path path = this.directory.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

	private List<String> maven() throws IOException {
		ScratchRepository repository = new ScratchRepository(this.directory.resolve("repository"),
				System.getProperty("quickstart.version"));
		repository.add("offload-parent", ROOT.resolve("pom.xml"));
		repository.add(ROOT.resolve("executor-core"));
		repository.add(ROOT.resolve("executor-spring-boot-starter"));
		List<String> command = new ArrayList<>(List.of(ROOT.resolve("mvnw").toString(), "-B", "-q",
				"-Dmaven.repo.local=" + System.getProperty("quickstart.repository"),
				"-Dmaven.repo.local.tail=" + repository.directory(), "package"));
		if (OFFLINE) {
			command.add("-o");
		}
		return command;
	}

	// As it stands there, on a free port and with what starts quickly.
	private static List<String> java(String commands) {
		String line = commands.lines().filter((command) -> command.startsWith("java ")).findFirst().orElseThrow();
		List<String> words = new ArrayList<>(List.of(line.split(" ")));
		words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
		words.add(1, "-XX:TieredStopAtLevel=1");
		words.add("--server.port=0");
		return words;
	}

	private void run(List<String> command) throws Exception {
		Path output = this.directory.resolve("maven.log");
		Process process = start(command, output);
		try {
			assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(() -> needs(output)).isTrue();
			assertThat(process.exitValue()).as(() -> needs(output)).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String needs(Path output) {
		try {
			return "The application of the README needs Spring Boot %s and its Maven plugin from %s:%n%s"
				.formatted(System.getProperty("quickstart.boot"), OFFLINE
						? "the local repository, for this build is offline (without -o Maven fetches what is missing)"
						: "the local repository or Maven Central", Files.readString(output));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Process start(List<String> command, Path output) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
		return builder.start();
	}

	private static String awaitPort(Process service, Path output) throws IOException {
		long end = System.nanoTime() + LIMIT.toNanos();
		Matcher port = PORT.matcher(Files.readString(output));
		while (!port.find() && service.isAlive() && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
			port = PORT.matcher(Files.readString(output));
		}
		return find(PORT, Files.readString(output));
	}

	private static String get(String port, String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.timeout(LIMIT)
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	private static String find(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		assertThat(matcher.find()).as("%s in:%n%s", pattern, text).isTrue();
		return matcher.group(1);
	}

}
