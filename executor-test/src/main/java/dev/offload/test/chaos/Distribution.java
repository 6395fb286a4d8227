package dev.offload.test.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times that were measured.
 */
final class Distribution {

	private static final double NANOS_PER_MILLI = 1_000_000;

	private final long[] nanos;

	/**
	 * Creates one.
	 * @param nanos the times, at least one
	 */
	Distribution(List<Long> nanos) {
		if (nanos.isEmpty()) {
			throw new IllegalArgumentException("Nothing was measured");
		}
		this.nanos = nanos.stream().mapToLong(Long::longValue).toArray();
		Arrays.sort(this.nanos);
	}

	// The least of the times that this share of all is not above.
	double millis(double share) {
		int index = (int) Math.ceil(share * this.nanos.length) - 1;
		return this.nanos[Math.max(0, index)] / NANOS_PER_MILLI;
	}

	double maxMillis() {
		return millis(1);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%d runs, p50 %.2f ms, p90 %.2f ms, max %.2f ms", this.nanos.length,
				millis(0.5), millis(0.9), maxMillis());
	}

}
