package dev.offload.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import org.HdrHistogram.Histogram;

/**
 * Durations, by the round in which they were measured.
 */
public final class Samples {

	/** With fewer, a percentile of the slow ones is nothing but the slowest few. */
	private static final long LEAST = 1_000;

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
	 * The medians of the rounds.
	 * @return quartiles of them, in microseconds
	 */
	public Quartiles medianMicros() {
		return Quartiles.of(medians());
	}

	/**
	 * The medians of the rounds beside those of others, for what disturbs a round
	 * disturbs both sides.
	 * @param others what was measured in the same rounds
	 * @return both, in microseconds
	 */
	public Pair mediansBeside(Samples others) {
		return Pair.of(medians(), others.medians());
	}

	/**
	 * A percentile of the durations of all rounds together, so that one round that stood
	 * still counts as much as it did.
	 * @param percentile from 0 to 100
	 * @return microseconds, empty if there are too few durations to tell
	 */
	public OptionalDouble micros(double percentile) {
		Histogram all = new Histogram(3);
		this.rounds.forEach(all::add);
		return (all.getTotalCount() < LEAST) ? OptionalDouble.empty()
				: OptionalDouble.of(all.getValueAtPercentile(percentile) / 1e3);
	}

	/**
	 * The longest of all.
	 * @return microseconds
	 */
	public double maxMicros() {
		return this.rounds.stream().mapToDouble((round) -> round.getMaxValue() / 1e3).max().orElseThrow();
	}

	private List<Double> medians() {
		return this.rounds.stream().map((round) -> round.getValueAtPercentile(50) / 1e3).toList();
	}

}
