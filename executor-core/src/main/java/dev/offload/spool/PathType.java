package dev.offload.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.offload.spi.StreamedContent;
import dev.offload.spi.StreamedType;

/**
 * Paths travel as they are: the file is on the same machine.
 */
final class PathType implements StreamedType {

	@Override
	public Class<?> type() {
		return Path.class;
	}

	@Override
	public Path file(Object value) throws IOException {
		Path path = (Path) value;
		if (!path.getFileSystem().equals(FileSystems.getDefault())) {
			throw new IOException(path + " is in the file system " + path.getFileSystem()
					+ ", which other processes do not have; send its content as an InputStream");
		}
		return path;
	}

	@Override
	public InputStream open(Object value) throws IOException {
		return Files.newInputStream((Path) value);
	}

	@Override
	public Object restore(StreamedContent content) throws IOException {
		if (content.isCopy()) {
			throw new IOException("a path is named and has no content");
		}
		return content.file();
	}

}
