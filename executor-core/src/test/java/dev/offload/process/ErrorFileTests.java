package dev.offload.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorFile}.
 */
class ErrorFileTests {

	@TempDir
	private Path directory;

	@TempDir
	private Path keep;

	@Test
	void findWhenThereIsNoneFindsNone() {
		assertThat(ErrorFile.find(this.directory, "pdf", this.keep)).isNull();
		assertThat(ErrorFile.find(this.directory.resolve("gone"), "pdf", this.keep)).isNull();
	}

	@Test
	void findMovesTheReportAndReadsItsHead() throws Exception {
		Files.writeString(this.directory.resolve("hs_err_42.log"),
				"#\n#  SIGSEGV (0xb) at pc=0x1\n" + "more\n".repeat(9999));
		ErrorFile report = ErrorFile.find(this.directory, "pdf", this.keep);
		assertThat(report.file()).isEqualTo(this.keep.resolve("offload-crash-pdf-42.log")).exists();
		assertThat(report.signal()).isEqualTo("SIGSEGV");
		assertThat(report.summary().lines()).hasSize(30);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void findKeepsTheNewestTwenty() throws Exception {
		for (int i = 0; i < 25; i++) {
			Path old = Files.createFile(this.keep.resolve("offload-crash-pdf-" + i + ".log"));
			Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000L + i));
		}
		Path other = Files.createFile(this.keep.resolve("other.log"));
		Files.writeString(this.directory.resolve("hs_err_42.log"), "#\n");
		ErrorFile.find(this.directory, "pdf", this.keep);
		try (Stream<Path> files = Files.list(this.keep)) {
			assertThat(files).hasSize(21)
				.contains(other, this.keep.resolve("offload-crash-pdf-42.log"),
						this.keep.resolve("offload-crash-pdf-24.log"));
		}
	}

}
