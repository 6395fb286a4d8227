package dev.offload.spring.web;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.multipart.MultipartFile;

import dev.offload.spi.StreamedContent;
import dev.offload.spring.stream.ResourceType;

/**
 * An uploaded file in a worker.
 */
final class StreamedMultipartFile implements MultipartFile {

	private final StreamedContent content;

	StreamedMultipartFile(StreamedContent content) {
		this.content = content;
	}

	@Override
	public String getName() {
		return this.content.attributes().getOrDefault(MultipartFileType.NAME, "");
	}

	@Override
	public @Nullable String getOriginalFilename() {
		return this.content.attributes().get(MultipartFileType.FILENAME);
	}

	@Override
	public @Nullable String getContentType() {
		return this.content.attributes().get(MultipartFileType.CONTENT_TYPE);
	}

	@Override
	public boolean isEmpty() {
		return getSize() == 0;
	}

	@Override
	public long getSize() {
		try {
			return this.content.length();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public byte[] getBytes() throws IOException {
		try (InputStream in = getInputStream()) {
			return in.readAllBytes();
		}
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return this.content.open();
	}

	// The one of the interface would be read as a stream only.
	@Override
	public Resource getResource() {
		return (Resource) new ResourceType().restore(this.content);
	}

	@Override
	public void transferTo(File destination) throws IOException {
		transferTo(destination.toPath());
	}

	@Override
	public void transferTo(Path destination) throws IOException {
		try (InputStream in = getInputStream()) {
			Files.copy(in, destination, StandardCopyOption.REPLACE_EXISTING);
		}
	}

}
