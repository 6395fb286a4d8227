package dev.offload.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapDump}.
 */
class HeapDumpTests {

	@TempDir
	private Path directory;

	@Test
	void findHasTheFileOfThatProcessOnly() throws Exception {
		long now = System.currentTimeMillis();
		Path file = Files.createFile(this.directory.resolve("java_pid7.hprof"));
		assertThat(HeapDump.find(this.directory.toString(), 7, now)).isEqualTo(file.toString());
		assertThat(HeapDump.find(this.directory.toString(), 8, now)).isNull();
		assertThat(HeapDump.find(null, 7, now)).isNull();
		Files.setLastModifiedTime(file, FileTime.fromMillis(now - 60_000));
		assertThat(HeapDump.find(this.directory.toString(), 7, now)).isNull();
	}

}
