package dev.offload.benchmarks.figure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what figures say of goals.
 */
class FigureTests {

	@Test
	void verdictWhenRoundsLieFurtherApartThanGoalIsNotTold() {
		assertThat(micros(-30, new Spread(-40, 2)).verdict()).isEqualTo(Verdict.NOT_TOLD);
		assertThat(micros(1.9, new Spread(0.5, 3)).verdict()).isEqualTo(Verdict.NOT_TOLD);
	}

	@Test
	void verdictWhenMostRoundsAreWithinGoalIsMet() {
		assertThat(micros(-24, new Spread(-35, -13)).verdict()).isEqualTo(Verdict.MET);
	}

	@Test
	void verdictWhenMostRoundsAreBeyondGoalIsMissed() {
		assertThat(micros(10, new Spread(8, 12)).verdict()).isEqualTo(Verdict.MISSED);
	}

	@Test
	void verdictWhenRoundsAgreeIsThatOfMedian() {
		assertThat(micros(0.3, new Spread(0.2, 0.4)).verdict()).isEqualTo(Verdict.MET);
		assertThat(micros(1.1, new Spread(0.9, 1.2)).verdict()).isEqualTo(Verdict.MISSED);
		assertThat(micros(0.3, null).verdict()).isEqualTo(Verdict.MET);
	}

	private static Figure micros(double value, @Nullable Spread spread) {
		return new Figure("row", "what", value, Unit.MICROS, null, Goal.atMost(1), spread);
	}

}
