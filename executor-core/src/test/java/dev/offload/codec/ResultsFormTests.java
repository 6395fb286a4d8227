package dev.offload.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.offload.PayloadException;
import dev.offload.spi.CallResults;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ResultsForm}: what a worker says of repeated calls is not believed.
 */
class ResultsFormTests {

	private final TaskCodec codec = Codecs.codec();

	@Test
	void resultsAndFailuresArrive() {
		Map<Integer, Throwable> failures = new TreeMap<>(
				Map.of(1, new IllegalStateException("a"), 3, new IllegalStateException("b")));
		CallResults results = new CallResults(new Object[] { Optional.of("x"), null, Optional.empty(), null }, failures,
				7);
		CallResults arrived = this.codec.decodeResults(this.codec.encodeResults(results), Codecs.service());
		assertThat((Object[]) arrived.values()).containsExactly(Optional.of("x"), null, Optional.empty(), null);
		assertThat(arrived.failures()).containsOnlyKeys(1, 3);
		assertThat(arrived.failures().get(3)).hasMessage("b");
		assertThat(arrived.nanos()).isEqualTo(7);
	}

	@Test
	void failureThatIsThereManyTimesIsRefused() {
		byte[][] failures = new byte[1000][];
		Arrays.fill(failures, failure());
		int[] failed = new int[1000];
		Arrays.setAll(failed, (index) -> index);
		assertRefused(new Object[] { new Object[1000], new int[0], failed, failures, 1L }, "bytes in a payload of");
	}

	@Test
	void indexThatIsThereTwiceIsRefused() {
		assertRefused(new Object[] { new Object[3], new int[] { 1, 1 }, new int[0], new byte[0][], 1L },
				"there is no call 1 after call 1");
		assertRefused(new Object[] { new Object[3], new int[0], new int[] { 2, 2 },
				new byte[][] { failure(), failure() }, 1L }, "there is no call 2 after call 2");
	}

	@Test
	void indexThatIsNotThereIsRefused() {
		for (int index : new int[] { -1, 3 }) {
			assertRefused(new Object[] { new Object[3], new int[] { index }, new int[0], new byte[0][], 1L },
					"there is no call " + index);
			assertRefused(
					new Object[] { new Object[3], new int[0], new int[] { index }, new byte[][] { failure() }, 1L },
					"there is no call " + index);
		}
	}

	@Test
	void failureThatIsMissingIsRefused() {
		assertRefused(new Object[] { new Object[3], new int[0], new int[] { 1 }, new byte[1][], 1L },
				"a failure is missing");
	}

	private byte[] failure() {
		Payload failure = this.codec.encodeFailure(new IllegalStateException("x".repeat(1000)));
		return Arrays.copyOfRange(failure.bytes(), failure.start(), failure.start() + failure.length());
	}

	private void assertRefused(Object[] form, String reason) {
		Payload payload = this.codec.encodeResult(form);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResults(payload, Codecs.service()))
			.withMessageContaining("its bytes are damaged")
			.withMessageContaining(reason);
	}

}
