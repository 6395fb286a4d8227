package dev.offload.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link UnpackedArchives} and {@link ArchiveUnpacking}.
 */
class UnpackedArchivesTests {

	@TempDir
	private Path directory;

	private Path archive;

	private Path cache;

	@BeforeEach
	void writeArchive() throws IOException {
		this.archive = this.directory.resolve("my app+1.jar");
		this.cache = this.directory.resolve("cache");
		writeArchive("one");
	}

	@Test
	void classPathWhenNothingIsNestedIsThatOfThePlan() throws Exception {
		assertThat(classPath("/a.jar", "/classes")).containsExactly("/a.jar", "/classes");
		assertThat(this.cache).doesNotExist();
	}

	@Test
	void classPathHasTheOrderOfThePlan() throws Exception {
		List<String> classPath = classPath(nested("BOOT-INF/lib/b.jar"), "/other.jar", nested("BOOT-INF/classes/"),
				nested("BOOT-INF/lib/a.jar"));
		assertThat(classPath).extracting((path) -> Path.of(path).getFileName().toString())
			.containsExactly("b.jar", "other.jar", "classes.jar", "a.jar");
		assertThat(Path.of(classPath.get(0))).hasContent("library b one");
	}

	@Test
	void classPathPacksClassesIntoAJarWithTheVersionOfTheApplication() throws Exception {
		String jar = classPath(nested("BOOT-INF/classes/")).get(0);
		try (JarFile file = new JarFile(jar)) {
			assertThat(file.stream().map(ZipEntry::getName)).contains("application.yml", "pdf/Font.class");
			assertThat(file.getManifest().getMainAttributes().getValue("Implementation-Version")).isEqualTo("1.2");
			assertThat(file.getManifest().getMainAttributes().getValue("Main-Class")).isNull();
		}
	}

	@Test
	void classPathWhenUnpackedBeforeUsesThat() throws Exception {
		Path first = Path.of(classPath(nested("BOOT-INF/lib/a.jar")).get(0));
		Object key = Files.readAttributes(first, "unix:ino").get("ino");
		assertThat(classPath(nested("BOOT-INF/lib/a.jar"))).containsExactly(first.toString());
		assertThat(Files.readAttributes(first, "unix:ino")).containsEntry("ino", key);
	}

	@Test
	void classPathWhenFilesWereRemovedUnpacksAgain() throws Exception {
		Path first = Path.of(classPath(nested("BOOT-INF/lib/a.jar")).get(0));
		Files.delete(first);
		classPath(nested("BOOT-INF/lib/a.jar"));
		assertThat(first).exists();
	}

	@Test
	void classPathWhenArchiveHasChangedUnpacksTheNewOne() throws Exception {
		Path first = Path.of(classPath(nested("BOOT-INF/lib/a.jar")).get(0));
		writeArchive("another");
		Path second = Path.of(classPath(nested("BOOT-INF/lib/a.jar")).get(0));
		assertThat(second).isNotEqualTo(first).hasContent("library a another");
		// This JVM still uses it.
		assertThat(first).exists();
	}

	@Test
	void classPathRemovesWhatNobodyUsesAndNobodyCanUse() throws Exception {
		Path unfinished = Files.createDirectories(this.cache.resolve("unpacking-1"));
		Path stale = Files.createDirectories(this.cache.resolve("stale"));
		Files.writeString(stale.resolve("archives"), "/no/such.jar\t1\t2\n");
		Path other = Files.createDirectories(this.cache.resolve("other"));
		Files.writeString(other.resolve("archives"), this.archive.toRealPath() + "\t" + Files.size(this.archive) + "\t"
				+ Files.getLastModifiedTime(this.archive).toMillis() + "\n");
		Files.setPosixFilePermissions(this.cache, PosixFilePermissions.fromString("rwx------"));
		classPath(nested("BOOT-INF/lib/a.jar"));
		assertThat(unfinished).doesNotExist();
		assertThat(stale).doesNotExist();
		assertThat(other).exists();
	}

	@Test
	void classPathWhenManyAskAtOnceUnpacksOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			Callable<List<String>> ask = () -> classPath(nested("BOOT-INF/lib/a.jar"), nested("BOOT-INF/classes/"));
			List<Future<List<String>>> answers = threads.invokeAll(Collections.nCopies(16, ask));
			for (Future<List<String>> answer : answers) {
				assertThat(answer.get()).allMatch((path) -> Files.exists(Path.of(path)));
			}
		}
		finally {
			threads.shutdownNow();
		}
		try (Stream<Path> files = Files.list(this.cache)) {
			assertThat(files.filter(Files::isDirectory)).hasSize(1);
		}
	}

	@Test
	void classPathWhenEntryWouldLieOutsideRefuses() {
		assertThatIOException().isThrownBy(() -> classPath(nested("BOOT-INF/lib/..")))
			.withMessageContaining("Not the name of a file");
		assertThatIOException().isThrownBy(() -> classPath(nested("BOOT-INF/lib/..%5Cx.jar")))
			.withMessageContaining("Not the name of a file");
	}

	@Test
	void classPathWhenEntryIsMissingSaysWhich() {
		assertThatIOException().isThrownBy(() -> classPath(nested("BOOT-INF/lib/none.jar")))
			.withMessageContaining("BOOT-INF/lib/none.jar");
	}

	@Test
	void classPathWhenOthersCanWriteToTheCacheRefuses() throws Exception {
		Files.createDirectory(this.cache);
		Files.setPosixFilePermissions(this.cache, PosixFilePermissions.fromString("rwxrwxrwx"));
		assertThatIOException().isThrownBy(() -> classPath(nested("BOOT-INF/lib/a.jar")))
			.withMessageContaining("can be written to by other users");
	}

	private List<String> classPath(String... locations) throws IOException {
		return new UnpackedArchives(this.cache).classPath(new LaunchPlan(List.of(locations)));
	}

	private String nested(String entry) {
		return "jar:nested:" + this.archive.toString().replace(" ", "%20") + "/!" + entry + "!/";
	}

	private void writeArchive(String version) throws IOException {
		Map<String, byte[]> entries = new TreeMap<>();
		entries.put("BOOT-INF/classes/application.yml", "a: b".getBytes(StandardCharsets.UTF_8));
		entries.put("BOOT-INF/classes/pdf/Font.class", new byte[] { 1, 2, 3 });
		entries.put("BOOT-INF/lib/a.jar", ("library a " + version).getBytes(StandardCharsets.UTF_8));
		entries.put("BOOT-INF/lib/b.jar", ("library b " + version).getBytes(StandardCharsets.UTF_8));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
			zip.write("Manifest-Version: 1.0\nMain-Class: x.Launcher\nImplementation-Version: 1.2\n"
				.getBytes(StandardCharsets.UTF_8));
			for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
				zip.putNextEntry(new ZipEntry(entry.getKey()));
				zip.write(entry.getValue());
			}
		}
		try (OutputStream output = Files.newOutputStream(this.archive)) {
			bytes.writeTo(output);
		}
	}

}
