package dev.offload.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.offload.spi.StreamedContent;
import dev.offload.spi.StreamedType;

/**
 * Content that travels by reference, and is opened by who reads it.
 */
@FunctionalInterface
public interface LateContent {

	InputStream open() throws IOException;

	static LateContent of(byte[] bytes) {
		return () -> new ByteArrayInputStream(bytes);
	}

	/**
	 * How it travels.
	 */
	final class Type implements StreamedType {

		@Override
		public Class<?> type() {
			return LateContent.class;
		}

		@Override
		public InputStream open(Object value) throws IOException {
			return ((LateContent) value).open();
		}

		@Override
		public Object restore(StreamedContent content) {
			return (LateContent) content::open;
		}

	}

}
