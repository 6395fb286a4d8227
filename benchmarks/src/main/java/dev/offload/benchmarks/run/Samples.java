package dev.offload.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.HdrHistogram.Histogram;

/**
 * Durations, by the round in which they were measured.
 */
public final class Samples {

	private final List<Histogram> rounds = new ArrayList<>();

	void add(Histogram round) {
		this.rounds.add(round);
	}

	/**
	 * A percentile: the median of those of the rounds.
	 * @param percentile from 0 to 100
	 * @return microseconds
	 */
	public double micros(double percentile) {
		return median(this.rounds.stream().map((round) -> round.getValueAtPercentile(percentile) / 1e3).toList());
	}

	/**
	 * How many times that of others a percentile is: the median of the ratios of the
	 * rounds, so that what disturbs a round disturbs both sides.
	 * @param others what was measured in the same rounds
	 * @param percentile from 0 to 100
	 * @return the ratio
	 */
	public double ratio(Samples others, double percentile) {
		return median(IntStream.range(0, this.rounds.size())
			.mapToObj((i) -> (double) this.rounds.get(i).getValueAtPercentile(percentile)
					/ others.rounds.get(i).getValueAtPercentile(percentile))
			.toList());
	}

	/**
	 * The value in the middle.
	 * @param values at least one
	 * @return their median
	 */
	public static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
