package dev.offload.spring.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

import org.springframework.web.multipart.MultipartFile;

import dev.offload.spi.StreamedContent;
import dev.offload.spi.StreamedType;

/**
 * Files that clients upload travel by their content, with their names and types.
 */
public final class MultipartFileType implements StreamedType {

	static final String NAME = "name";

	static final String FILENAME = "filename";

	static final String CONTENT_TYPE = "contentType";

	@Override
	public Class<?> type() {
		return MultipartFile.class;
	}

	@Override
	public InputStream open(Object value) throws IOException {
		return ((MultipartFile) value).getInputStream();
	}

	@Override
	public Map<String, String> attributes(Object value) {
		MultipartFile file = (MultipartFile) value;
		Map<String, String> attributes = new HashMap<>();
		attributes.put(NAME, file.getName());
		String filename = file.getOriginalFilename();
		if (filename != null) {
			attributes.put(FILENAME, filename);
		}
		String contentType = file.getContentType();
		if (contentType != null) {
			attributes.put(CONTENT_TYPE, contentType);
		}
		return attributes;
	}

	@Override
	public Object restore(StreamedContent content) {
		return new StreamedMultipartFile(content);
	}

}
