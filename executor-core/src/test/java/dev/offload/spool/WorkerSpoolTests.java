package dev.offload.spool;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.PayloadException;
import dev.offload.codec.PayloadReference;

import static org.assertj.core.api.Assertions.assertThat;
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

	@Test
	void discardWhenAResultIsInAFileRemovesIt() {
		WorkerSpool spool = spool();
		Object stored = spool.store(Optional.of(new ByteArrayInputStream(new byte[10])));
		assertThat(this.directory).isNotEmptyDirectory();
		spool.discard(stored);
		assertThat(this.directory).isEmptyDirectory();
		spool.discard("other");
	}

}
