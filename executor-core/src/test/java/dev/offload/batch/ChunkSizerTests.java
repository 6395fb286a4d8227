package dev.offload.batch;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the size of chunks.
 */
class ChunkSizerTests {

	private static final int UNKNOWN = -1;

	@Test
	void nextWhenAChunkFailedIsAQuarterOfIt() {
		ChunkSizer sizer = new ChunkSizer(0, 2, Duration.ZERO);
		for (int i = 0; i < 20; i++) {
			sizer.ran(sizer.next(UNKNOWN), 1);
		}
		assertThat(sizer.next(UNKNOWN)).isEqualTo(8192);
		sizer.failed(8192);
		assertThat(sizer.next(UNKNOWN)).isEqualTo(2048);
		sizer.failed(8192);
		assertThat(sizer.next(UNKNOWN)).isEqualTo(2048);
		sizer.failed(2);
		assertThat(sizer.next(UNKNOWN)).isOne();
	}

	@Test
	void nextWhenTheSizeIsGivenStaysAtIt() {
		ChunkSizer sizer = new ChunkSizer(100, 2, Duration.ZERO);
		sizer.failed(100);
		assertThat(sizer.next(UNKNOWN)).isEqualTo(100);
	}

}
