package dev.offload.spring.stream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

import dev.offload.spi.StreamedContent;
import dev.offload.spi.StreamedType;

/**
 * Resources that are files travel by their path, all others by their content.
 */
public final class ResourceType implements StreamedType {

	static final String FILENAME = "filename";

	@Override
	public Class<?> type() {
		return Resource.class;
	}

	@Override
	public @Nullable Path file(Object value) throws IOException {
		Resource resource = (Resource) value;
		// The file of an argument goes with its task, which may return it.
		if (!resource.isFile() || resource instanceof StreamedResource) {
			return null;
		}
		try {
			return resource.getFile().toPath().toAbsolutePath();
		}
		catch (FileNotFoundException | UnsupportedOperationException ex) {
			// It is in a file system that other processes do not have.
			return null;
		}
	}

	@Override
	public InputStream open(Object value) throws IOException {
		return ((Resource) value).getInputStream();
	}

	@Override
	public Map<String, String> attributes(Object value) {
		String name = ((Resource) value).getFilename();
		return (name != null) ? Map.of(FILENAME, name) : Map.of();
	}

	@Override
	public Object restore(StreamedContent content) {
		return content.isCopy() ? new StreamedResource(content) : new FileSystemResource(content.file());
	}

}
