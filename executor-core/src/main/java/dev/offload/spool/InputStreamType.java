package dev.offload.spool;

import java.io.IOException;
import java.io.InputStream;

import dev.offload.spi.StreamedContent;
import dev.offload.spi.StreamedType;

/**
 * Streams travel by their content from where they are to their end.
 */
final class InputStreamType implements StreamedType {

	@Override
	public Class<?> type() {
		return InputStream.class;
	}

	@Override
	public InputStream open(Object value) {
		return (InputStream) value;
	}

	@Override
	public Object restore(StreamedContent content) throws IOException {
		return content.open();
	}

}
