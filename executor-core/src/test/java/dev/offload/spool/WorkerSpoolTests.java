package dev.offload.spool;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.PayloadException;
import dev.offload.codec.PayloadReference;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link WorkerSpool}.
 */
class WorkerSpoolTests {

	@TempDir
	private Path directory;

	private WorkerSpool spool() {
		return new WorkerSpool("pdf", StreamedTypes.known(), () -> this.directory, 100);
	}

	private static PayloadReference stream(Path file) {
		return new PayloadReference(InputStream.class.getName(), true, file.toString(), 1, Map.of());
	}

	@Test
	void openWhenALaterArgumentCannotBeOpenedClosesTheEarlier() throws Exception {
		Path there = Files.writeString(this.directory.resolve("there"), "x");
		@Nullable Object[] arguments = { stream(there), stream(this.directory.resolve("gone")) };
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> spool().open(arguments))
			.withMessageContaining("argument 2");
		InputStream first = (InputStream) arguments[0];
		assertThatIOException().isThrownBy(first::read);
	}

}
