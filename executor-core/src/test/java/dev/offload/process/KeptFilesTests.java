package dev.offload.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeptFiles}.
 */
class KeptFilesTests {

	@TempDir
	private Path directory;

	@Test
	void writeTakesTheNextFreeNumberAndIsPrivate() throws Exception {
		KeptFiles files = new KeptFiles(this.directory, "dump-", ".txt");
		Path first = files.write("pdf-7", "one");
		Path second = files.write("pdf-7", "two");
		assertThat(first).hasFileName("dump-pdf-7-1.txt").hasContent("one");
		assertThat(second).hasFileName("dump-pdf-7-2.txt").hasContent("two");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(second))).isEqualTo("rw-------");
	}

	@Test
	void writeDoesNotFollowALinkThatSomebodyPutThere() throws Exception {
		Path target = Files.createFile(this.directory.resolve("target"));
		Files.createSymbolicLink(this.directory.resolve("dump-pdf-7-1.txt"), target);
		assertThat(new KeptFiles(this.directory, "dump-", ".txt").write("pdf-7", "one"))
			.hasFileName("dump-pdf-7-2.txt");
		assertThat(target).isEmptyFile();
	}

	@Test
	void writeKeepsTheNewestTwentyOfItsKind() throws Exception {
		for (int i = 0; i < 25; i++) {
			Path old = Files.createFile(this.directory.resolve("dump-old-" + i + ".txt"));
			Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000L + i));
		}
		Path other = Files.createFile(this.directory.resolve("other.txt"));
		Path written = new KeptFiles(this.directory, "dump-", ".txt").write("pdf-7", "one");
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).hasSize(21).contains(other, written, this.directory.resolve("dump-old-24.txt"));
		}
	}

}
