package dev.offload.spi;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Tasks whose results are streams, of which each item is a result.
 */
public final class StreamResults {

	/**
	 * The most bytes that a task makes before its consumer has taken some of them; the
	 * last item may go over it.
	 */
	public static final long WINDOW_BYTES = 256 * 1024;

	/**
	 * What a frame of items counts as besides its bytes, for the smallest takes room,
	 * too.
	 */
	public static final int FRAME_BYTES = 64;

	private StreamResults() {
	}

	/**
	 * The stream that a task has given.
	 * @param result what it gave
	 * @return the stream, which is empty for {@code null}
	 * @throws IllegalStateException if it is none
	 */
	public static Stream<?> of(@Nullable Object result) {
		if (result instanceof Stream<?> stream) {
			return stream;
		}
		if (result == null) {
			return Stream.empty();
		}
		throw new IllegalStateException(
				"The result is to be a java.util.stream.Stream, but is a " + result.getClass().getName());
	}

}
