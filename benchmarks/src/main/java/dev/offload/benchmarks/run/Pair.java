package dev.offload.benchmarks.run;

import java.util.Comparator;
import java.util.List;

/**
 * Two values of one round.
 *
 * @param value the value
 * @param other what it is compared with
 */
public record Pair(double value, double other) {

	/**
	 * How many times the other the value is.
	 * @return the ratio
	 */
	public double ratio() {
		return this.value / this.other;
	}

	/**
	 * How much the value is above the other.
	 * @return the difference
	 */
	public double difference() {
		return this.value - this.other;
	}

	static Pair middle(List<Pair> rounds) {
		List<Pair> sorted = rounds.stream().sorted(Comparator.comparingDouble(Pair::ratio)).toList();
		return sorted.get((sorted.size() - 1) / 2);
	}

}
