package dev.offload.benchmarks.run;

import java.util.List;

/**
 * The values that have a quarter, a half and three quarters of all others below them.
 *
 * @param low the lower quartile
 * @param middle the median
 * @param high the upper quartile
 */
public record Quartiles(double low, double middle, double high) {

	/**
	 * Those of some values.
	 * @param values at least one
	 * @return their quartiles
	 */
	public static Quartiles of(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
	}

	// Between two values it is in proportion to both.
	private static double at(List<Double> sorted, double share) {
		double place = share * (sorted.size() - 1);
		int below = (int) place;
		int above = Math.min(below + 1, sorted.size() - 1);
		return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
	}

}
