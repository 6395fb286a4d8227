package dev.offload.benchmarks.run;

import java.util.List;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests what is told of durations.
 */
class SamplesTests {

	@Test
	void p99WhenOneRoundStoodStillTellsOfIt() {
		Samples samples = new Samples("some");
		for (int i = 0; i < 9; i++) {
			samples.add(round(1_000, 200));
		}
		samples.add(round(1_000_000, 50));
		assertThat(samples.micros(99).orElseThrow()).isCloseTo(1_000, within(1.0));
		assertThat(samples.medianMicros().middle()).isCloseTo(1, within(0.01));
	}

	@Test
	void p99WhenThereAreFewDurationsIsEmpty() {
		Samples samples = new Samples("some");
		samples.add(round(1_000, 999));
		assertThat(samples.micros(99)).isEmpty();
	}

	@Test
	void differencesAreThoseOfRounds() {
		Samples samples = new Samples("some");
		Samples others = new Samples("others");
		for (long base : List.of(10_000, 50_000, 20_000)) {
			others.add(round(base, 1));
			samples.add(round(base + 1_000, 1));
		}
		Pair pair = samples.mediansBeside(others);
		assertThat(pair.differences().low()).isCloseTo(1, within(0.05));
		assertThat(pair.differences().high()).isCloseTo(1, within(0.05));
		assertThat(pair.other()).isCloseTo(20, within(0.05));
		assertThat(pair.ratios().middle()).isCloseTo(1.05, within(0.01));
	}

	private static Histogram round(long nanos, int count) {
		Histogram histogram = new Histogram(3);
		histogram.recordValueWithCount(nanos, count);
		return histogram;
	}

}
