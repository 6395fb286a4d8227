package dev.offload.pool;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResidentSize}.
 */
class ResidentSizeTests {

	@TempDir
	private Path directory;

	@Test
	void readFindsItAmongTheOthersInKilobytes() throws Exception {
		assertThat(read("Name:\tjava\nVmHWM:\t  99 kB\nVmRSS:\t    1234 kB\nRssAnon:\t 7 kB\n")).isEqualTo(1234 * 1024);
	}

	@Test
	void readWhenItIsNotThereIsUnknown() throws Exception {
		assertThat(read("Name:\tjava\n")).isEqualTo(ResidentSize.UNKNOWN);
		assertThat(read("VmRSS:\tmuch kB\n")).isEqualTo(ResidentSize.UNKNOWN);
		assertThat(read("VmRSS:\t99999999999999999999 kB\n")).isEqualTo(ResidentSize.UNKNOWN);
		assertThat(ResidentSize.read(this.directory.resolve("none"))).isEqualTo(ResidentSize.UNKNOWN);
		assertThat(ResidentSize.of(-1)).isEqualTo(ResidentSize.UNKNOWN);
	}

	private long read(String status) throws Exception {
		return ResidentSize.read(Files.writeString(this.directory.resolve("status"), status));
	}

}
