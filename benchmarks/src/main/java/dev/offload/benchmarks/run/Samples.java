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
	 * A percentile beside that of others: those of the round whose ratio is the one in
	 * the middle, for what disturbs a round disturbs both sides.
	 * @param others what was measured in the same rounds
	 * @param percentile from 0 to 100
	 * @return both
	 */
	public Pair beside(Samples others, double percentile) {
		return Pair.middle(IntStream.range(0, this.rounds.size())
			.mapToObj((i) -> new Pair(this.rounds.get(i).getValueAtPercentile(percentile) / 1e3,
					others.rounds.get(i).getValueAtPercentile(percentile) / 1e3))
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
