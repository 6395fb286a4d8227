package dev.offload.spool;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

import dev.offload.codec.PayloadReference;
import dev.offload.spi.StreamedContent;

/**
 * A file that the sender has named.
 *
 * @param file the path
 * @param attributes what travelled beside it
 */
record NamedFile(Path file, Map<String, String> attributes) implements StreamedContent {

	static NamedFile of(PayloadReference reference) throws IOException {
		if (reference.copy()) {
			throw new IOException("its file was not taken over");
		}
		try {
			return new NamedFile(Path.of(reference.file()), reference.attributes());
		}
		catch (InvalidPathException ex) {
			throw new IOException("'" + reference.file() + "' is no path here", ex);
		}
	}

	@Override
	public boolean isCopy() {
		return false;
	}

	@Override
	public boolean isReadOnce() {
		return false;
	}

	@Override
	public long length() throws IOException {
		return Files.size(this.file);
	}

	@Override
	public InputStream open() throws IOException {
		return new BufferedInputStream(Files.newInputStream(this.file));
	}

}
