package dev.offload.pool;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for when a worker is due.
 */
class WorkerLimitsTests {

	@Test
	void agesOfWorkersDifferByUpToATenth() {
		long[] ages = LongStream.range(0, 1000).map((i) -> WorkerLimits.jittered(1_000_000)).toArray();
		assertThat(LongStream.of(ages).boxed()).allSatisfy((age) -> assertThat(age).isBetween(900_000L, 1_000_000L));
		assertThat(LongStream.of(ages).distinct().count()).isGreaterThan(900);
	}

	@Test
	void shortestAgeStaysWhatItIs() {
		assertThat(WorkerLimits.jittered(1)).isEqualTo(1);
	}

}
