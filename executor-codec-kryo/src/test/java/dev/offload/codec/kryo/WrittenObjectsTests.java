package dev.offload.codec.kryo;

import java.util.function.IntUnaryOperator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WrittenObjects}.
 */
class WrittenObjectsTests {

	/** Half of a table of 32,768 places. */
	private static final int COUNT = 16_384;

	private static final int SHIFT = Integer.numberOfLeadingZeros(COUNT);

	@Test
	void objectsAreFoundInFewStepsThoughTheirHashesAreTheSame() {
		assertThat(stepsOf((i) -> 7)).isLessThan(6 * COUNT);
	}

	// Half of the objects lie in a row, all others look for a place there.
	@Test
	void objectsAreFoundInFewStepsThoughTheirHashesFillPlacesInARow() {
		int inverse = inverseOf(0x9E3779B9);
		assertThat(stepsOf((i) -> (i < COUNT / 2) ? (i << SHIFT) * inverse : 0)).isLessThan(6 * COUNT);
	}

	// Of putting them there, and of looking for each one again.
	private static long stepsOf(IntUnaryOperator hash) {
		WrittenObjects written = new WrittenObjects();
		Object[] objects = new Object[COUNT];
		for (int i = 0; i < COUNT; i++) {
			objects[i] = new Object();
			assertThat(written.indexOf(objects[i], hash.applyAsInt(i))).isEqualTo(WrittenObjects.NEW);
		}
		for (int i = 0; i < COUNT; i++) {
			assertThat(written.indexOf(objects[i], hash.applyAsInt(i))).isEqualTo(i);
		}
		return written.steps();
	}

	private static int inverseOf(int odd) {
		int inverse = 1;
		for (int i = 0; i < 6; i++) {
			inverse *= 2 - odd * inverse;
		}
		return inverse;
	}

}
