package dev.offload.test.chaos;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a short chaos run keeps its promises.
 */
class ChaosIntegrationTests {

	@Test
	void promisesAreKeptThroughAShortRun() throws Exception {
		ChaosSettings settings = new ChaosSettings(Duration.ofSeconds(2), 5_000, 5, ChaosSettings.Promises.GENEROUS);
		assertThat(new ChaosRun(settings, System.out).run()).isEmpty();
	}

}
