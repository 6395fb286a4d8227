package dev.offload.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.HdrHistogram.Histogram;

/**
 * Durations, by the round in which they were measured.
 */
public final class Samples {

	private final String name;

	private final List<Histogram> rounds = new ArrayList<>();

	/**
	 * Creates one without any.
	 * @param name what is measured
	 */
	public Samples(String name) {
		this.name = name;
	}

	/**
	 * What was measured.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Adds what was measured in one round.
	 * @param nanos one duration, for what is done once in a round
	 */
	public void add(long nanos) {
		Histogram round = new Histogram(3);
		round.recordValue(nanos);
		add(round);
	}

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
	 * By how much a percentile is above that of others: the median of the differences of
	 * the rounds.
	 * @param others what was measured in the same rounds
	 * @param percentile from 0 to 100
	 * @return microseconds
	 */
	public double difference(Samples others, double percentile) {
		return median(IntStream.range(0, this.rounds.size())
			.mapToObj((i) -> (this.rounds.get(i).getValueAtPercentile(percentile)
					- others.rounds.get(i).getValueAtPercentile(percentile)) / 1e3)
			.toList());
	}

	/**
	 * The longest of all.
	 * @return microseconds
	 */
	public double maxMicros() {
		return this.rounds.stream().mapToDouble((round) -> round.getMaxValue() / 1e3).max().orElseThrow();
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
