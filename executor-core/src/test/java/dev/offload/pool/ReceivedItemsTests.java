package dev.offload.pool;

import java.nio.ByteBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.dispatch.StreamBuffer;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;
import dev.offload.spi.StreamResults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Items as a worker sends them, well or not.
 */
class ReceivedItemsTests {

	@Test
	void itemsOfNoBytesAreRefused() {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> items(3, 0))
			.withMessageContaining("An item of 0 bytes");
	}

	@Test
	void smallFramesFindNoMoreRoomThanLargeOnes() throws Exception {
		StreamBuffer buffer = new StreamBuffer();
		int frames = 0;
		while (buffer.offer(items(1))) {
			frames++;
		}
		assertThat(frames).isBetween(1, (int) StreamResults.WINDOW_BYTES / 64);
		ReceivedItems some = items(2, 3);
		assertThat(some.next()).isEqualTo(2);
		assertThat(some.next()).isEqualTo(3);
		assertThat(some.hasNext()).isFalse();
	}

	private static ReceivedItems items(int... lengths) throws ProtocolException {
		ByteBuffer bytes = ByteBuffer.allocate(100);
		for (int length : lengths) {
			bytes.putInt(length).put(new byte[length]);
		}
		return ReceivedItems.of(new Payload(bytes.array(), 0, bytes.position(), List.of()), Payload::length);
	}

}
