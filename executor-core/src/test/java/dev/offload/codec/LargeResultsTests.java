package dev.offload.codec;

import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.offload.PayloadException;
import dev.offload.spi.CallResults;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the results of repeated calls that are large together.
 */
class LargeResultsTests {

	private final TaskCodec codec = Codecs.codec();

	@Test
	void resultsWhenTooLargeTogetherKeepWhatFits() {
		Object[] values = IntStream.range(0, 100).mapToObj((i) -> i + "x".repeat(20_000)).toArray();
		values[1] = new Object();
		Payload payload = this.codec
			.encodeResults(new CallResults(values, Map.of(0, new IllegalArgumentException("zero")), 7));
		CallResults read = this.codec.decodeResults(payload, Codecs.service());
		Object[] kept = (Object[]) read.values();
		assertThat(kept).hasSize(100);
		assertThat(read.failures().get(0)).hasMessage("zero");
		assertThat(read.failures().get(1)).hasMessageContaining("not serializable");
		assertThat(kept[2]).isEqualTo(values[2]);
		assertThat(read.failures()).hasSizeBetween(50, 80);
		assertThat(read.failures().get(99)).isInstanceOf(PayloadException.class)
			.hasMessageContaining("the 100 results of its chunk are together over the limit of 1000000 bytes")
			.hasMessageContaining("use smaller chunks, or raise offload.executors.pdf.max-payload-bytes");
	}

}
