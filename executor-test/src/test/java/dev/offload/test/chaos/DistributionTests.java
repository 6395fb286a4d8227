package dev.offload.test.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the shares of measured times.
 */
class DistributionTests {

	@Test
	void sharesAreTakenFromTheSortedTimes() {
		List<Long> nanos = LongStream.rangeClosed(1, 100).map((millis) -> millis * 1_000_000).boxed().toList();
		List<Long> shuffled = new ArrayList<>(nanos);
		Collections.shuffle(shuffled);
		Distribution distribution = new Distribution(shuffled);
		assertThat(distribution.millis(0.5)).isEqualTo(50);
		assertThat(distribution.millis(0.9)).isEqualTo(90);
		assertThat(distribution.maxMillis()).isEqualTo(100);
		assertThat(distribution).hasToString("100 runs, p50 50.00 ms, p90 90.00 ms, max 100.00 ms");
	}

	@Test
	void oneTimeIsEachShare() {
		Distribution distribution = new Distribution(List.of(2_500_000L));
		assertThat(distribution.millis(0.5)).isEqualTo(2.5);
		assertThat(distribution.maxMillis()).isEqualTo(2.5);
	}

	@Test
	void nothingMeasuredIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Distribution(List.of()));
	}

}
