package dev.offload.dispatch;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Saturation}.
 */
class SaturationTests {

	private final List<Boolean> told = new ArrayList<>();

	private boolean roomy;

	private final Saturation saturation = new Saturation("pool", new ExecutorListener() {
		@Override
		public void executorSaturated(String executor, boolean saturated) {
			SaturationTests.this.told.add(saturated);
		}
	}, () -> this.roomy);

	@Test
	void noRoomIsToldOnceUntilAGoodPartIsFree() {
		this.saturation.released();
		this.saturation.noRoom();
		this.saturation.noRoom();
		this.saturation.released();
		assertThat(this.told).containsExactly(true);
		this.roomy = true;
		this.saturation.released();
		this.saturation.released();
		assertThat(this.told).containsExactly(true, false);
	}

	@Test
	void noRoomWhenAllWasGivenBackMeanwhileIsOverAtOnce() {
		this.roomy = true;
		this.saturation.noRoom();
		assertThat(this.told).containsExactly(true, false);
	}

}
