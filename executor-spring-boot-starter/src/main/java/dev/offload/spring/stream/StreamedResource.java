package dev.offload.spring.stream;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

import dev.offload.spi.StreamedContent;

/**
 * A resource whose content has come from another process. As a result it can be read
 * once, and is gone then.
 */
final class StreamedResource extends AbstractResource {

	private final StreamedContent content;

	StreamedResource(StreamedContent content) {
		this.content = content;
	}

	@Override
	public boolean exists() {
		return true;
	}

	@Override
	public boolean isOpen() {
		return this.content.isReadOnce();
	}

	@Override
	public boolean isFile() {
		return !this.content.isReadOnce();
	}

	@Override
	public File getFile() throws IOException {
		if (this.content.isReadOnce()) {
			throw new FileNotFoundException(getDescription() + " can only be read as a stream");
		}
		return this.content.file().toFile();
	}

	@Override
	public long contentLength() throws IOException {
		return this.content.length();
	}

	@Override
	public @Nullable String getFilename() {
		return this.content.attributes().get(ResourceType.FILENAME);
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return this.content.open();
	}

	@Override
	public String getDescription() {
		return "Streamed content [" + this.content.file().getFileName() + "]";
	}

}
