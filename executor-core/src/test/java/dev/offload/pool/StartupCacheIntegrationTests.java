package dev.offload.pool;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.OffloadExecutor;
import dev.offload.process.JvmWorkerLauncher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for start-up caches: class data sharing or AOT caches, as the JVM has them.
 */
class StartupCacheIntegrationTests extends AbstractPool {

	@TempDir
	private Path jars;

	@Test
	void cacheIsMadeOnceByServicesAtOnceAndMadeAnewWhenItIsBroken() throws Exception {
		List<String> classPath = jars();
		Service one = start(classPath, "one", "make");
		Service other = start(classPath, "other", "make");
		String first = one.awaitEnd();
		String second = other.awaitEnd();
		assertThat(first).contains("NEXT true", "OFF false", "OWN false", "NOBODY READS");
		assertThat(second).contains("NEXT true", "OFF false", "OWN false", "NOBODY READS");
		assertThat(first + second).contains("FIRST false");
		assertThat((first + second).split("made a start-up cache for its workers", -1)).as(first + second).hasSize(2);
		String third = start(classPath, "third", "break").awaitEnd();
		assertThat(third).contains("BROKEN false", "MENDED true", "FOREIGN false", "MENDED AGAIN true",
				"OTHER CLASSES false");
		assertThat(third.split("which is not as it was written", -1)).as(third).hasSize(2);
		assertThat(third.split("did not start with its start-up cache, which is removed", -1)).as(third).hasSize(2);
		assertThat(third).doesNotContain("[warning]", "[error]");
	}

	@Test
	void directoryOnTheClassPathLeavesNoCache() throws Exception {
		Path caches = this.jars.resolve("none");
		JvmWorkerLauncher launcher = new JvmWorkerLauncher(StartupCacheService.class, caches);
		OffloadExecutor executor = closedLater(ProcessExecutorFactory.builder()
			.launcher(launcher)
			.applicationPackages("dev.offload")
			.build()
			.create(spec().build()));
		pidOf(executor);
		assertThat(executor.snapshot().workers().get(0).startedFromCache()).isFalse();
		assertThat(caches).doesNotExist();
	}

	private List<String> jars() {
		List<String> jars = new ArrayList<>();
		for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
			if (!Files.isDirectory(Path.of(path))) {
				jars.add(path);
				continue;
			}
			String jar = this.jars.resolve(jars.size() + ".jar").toString();
			assertThat(ToolProvider.findFirst("jar")
				.orElseThrow()
				.run(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
						new PrintWriter(System.err, true, StandardCharsets.UTF_8), "--create", "--no-compress",
						"--file", jar, "-C", path, "."))
				.isZero();
			jars.add(jar);
		}
		return jars;
	}

	private Service start(List<String> classPath, String name, String what) throws IOException {
		Path output = this.jars.resolve(name + ".txt");
		String jar = classPath.stream()
			.filter((path) -> path.startsWith(this.jars.toString()))
			.findFirst()
			.orElseThrow();
		return new Service(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-Djava.io.tmpdir=" + Objects.requireNonNull(this.directory), "-cp",
				String.join(File.pathSeparator, classPath), StartupCacheService.class.getName(),
				this.jars.resolve("caches").toString(), what, jar)
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start(), output);
	}

	/**
	 * A service that runs.
	 *
	 * @param process its process
	 * @param output what it prints
	 */
	private record Service(Process process, Path output) {

		String awaitEnd() throws Exception {
			try {
				assertThat(this.process.waitFor(2, TimeUnit.MINUTES)).as("%s", this.output).isTrue();
				String text = Files.readString(this.output, StandardCharsets.UTF_8);
				assertThat(this.process.exitValue()).as(text).isZero();
				return text;
			}
			finally {
				this.process.destroyForcibly().waitFor();
			}
		}

	}

}
