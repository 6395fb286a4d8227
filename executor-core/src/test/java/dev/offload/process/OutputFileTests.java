package dev.offload.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutputFile}.
 */
class OutputFileTests {

	@TempDir
	private Path directory;

	@Test
	void linesAreInAFileOfTheOwner() throws Exception {
		OutputFile file = new OutputFile(this.directory, "pdf", 7);
		file.accept("one");
		file.accept("zwei ä");
		file.close();
		Path written = this.directory.resolve("pdf-7.log");
		assertThat(written).hasContent("one\nzwei ä");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written))).isEqualTo("rw-------");
	}

	@Test
	void fileThatIsFullOrWasThereIsKeptOnce() throws Exception {
		String line = "x".repeat(8191);
		OutputFile file = new OutputFile(this.directory, "pdf", 1);
		file.accept("first");
		for (int i = 0; i < OutputFile.MAX_BYTES / 8192; i++) {
			file.accept(line);
		}
		file.close();
		assertThat(this.directory.resolve("pdf-1.log.1")).isRegularFile();
		assertThat(Files.size(this.directory.resolve("pdf-1.log.1"))).isLessThanOrEqualTo(OutputFile.MAX_BYTES);
		assertThat(this.directory.resolve("pdf-1.log")).hasContent(line);
		OutputFile next = new OutputFile(this.directory, "pdf", 1);
		next.accept("of another service");
		next.close();
		assertThat(this.directory.resolve("pdf-1.log")).hasContent("of another service");
		assertThat(this.directory.resolve("pdf-1.log.1")).hasContent(line);
	}

	@Test
	void filesThatAreTooOldAreRemovedAndThoseOfOthersAreNot() throws Exception {
		Path other = Files.createFile(this.directory.resolve("pdf-big-1.log"));
		other.toFile().setLastModified(1000);
		for (int number = 1; number <= OutputFile.KEPT + 10; number++) {
			OutputFile file = new OutputFile(this.directory, "pdf", number);
			file.accept("line");
			file.close();
			this.directory.resolve("pdf-" + number + ".log").toFile().setLastModified(number * 10_000L);
		}
		assertThat(other).exists();
		assertThat(this.directory.resolve("pdf-" + (OutputFile.KEPT + 10) + ".log")).exists();
		assertThat(this.directory.resolve("pdf-1.log")).doesNotExist();
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).hasSize(OutputFile.KEPT + 1);
		}
	}

	@Test
	void fileThatIsBeingWrittenIsNeverRemoved() throws Exception {
		OutputFile living = new OutputFile(this.directory, "pdf", 0);
		living.accept("first");
		Path file = this.directory.resolve("pdf-0.log");
		assertThat(file.toFile().setLastModified(1000)).isTrue();
		for (int number = 1; number <= OutputFile.KEPT; number++) {
			Files.createFile(this.directory.resolve("pdf-" + number + ".log"));
		}
		OutputFile next = new OutputFile(this.directory, "pdf", OutputFile.KEPT + 1);
		next.accept("line");
		next.close();
		living.accept("last");
		living.close();
		assertThat(file).hasContent("first\nlast");
	}

	@Test
	void fileThatCannotBeRemovedKeepsNeitherTheOthersNorTheLine() throws Exception {
		Path stubborn = Files.createDirectory(this.directory.resolve("pdf-0.log"));
		Files.createFile(stubborn.resolve("inside"));
		assertThat(stubborn.toFile().setLastModified(2000)).isTrue();
		Path old = Files.createFile(this.directory.resolve("pdf-1.log"));
		assertThat(old.toFile().setLastModified(1000)).isTrue();
		for (int number = 2; number <= OutputFile.KEPT + 1; number++) {
			Files.createFile(this.directory.resolve("pdf-" + number + ".log"));
		}
		OutputFile file = new OutputFile(this.directory, "pdf", 1000);
		file.accept("line");
		file.close();
		assertThat(this.directory.resolve("pdf-1000.log")).hasContent("line");
		assertThat(old).doesNotExist();
	}

	@Test
	void linkInThePlaceOfAFileIsMovedAndNotFollowed() throws Exception {
		Path target = this.directory.resolve("target");
		Files.createSymbolicLink(this.directory.resolve("pdf-1.log"), target);
		OutputFile file = new OutputFile(this.directory, "pdf", 1);
		file.accept("line");
		file.close();
		assertThat(this.directory.resolve("pdf-1.log")).hasContent("line");
		assertThat(target).doesNotExist();
	}

	@Test
	void lineWhenTheDirectoryIsGoneIsLostAndTheNextIsNot() throws IOException {
		Path gone = this.directory.resolve("gone");
		OutputFile file = new OutputFile(gone, "pdf", 1);
		file.accept("lost");
		Files.createDirectory(gone);
		file.accept("found");
		file.close();
		assertThat(gone.resolve("pdf-1.log")).hasContent("found");
	}

}
