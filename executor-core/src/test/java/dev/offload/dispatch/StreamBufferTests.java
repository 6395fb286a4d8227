package dev.offload.dispatch;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is held of a stream.
 */
class StreamBufferTests {

	@Test
	void moreThanWasAskedForIsRefusedAlthoughNobodyTakesIt() {
		StreamBuffer buffer = new StreamBuffer();
		buffer.close();
		assertThat(buffer.offer(new Large())).isTrue();
		assertThat(buffer.offer(new Large())).isTrue();
		assertThat(buffer.offer(new Large())).isFalse();
		assertThat(buffer.poll()).isNull();
	}

	/**
	 * More than half of what there is room for.
	 */
	private static final class Large implements StreamBuffer.Parcel {

		@Override
		public long bytes() {
			return 200 * 1024;
		}

		@Override
		public boolean hasNext() {
			return true;
		}

		@Override
		public @Nullable Object next() {
			return null;
		}

	}

}
