package dev.offload.benchmarks.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.benchmarks.run.Rates;
import dev.offload.benchmarks.run.Samples;

/**
 * The figures of one row while it is measured. For one thread.
 */
public final class Sheet {

	private final String row;

	private final Duration time;

	private final List<Figure> figures = new ArrayList<>();

	Sheet(String row, Duration time) {
		this.row = row;
		this.time = time;
	}

	// For how long the row is to measure.
	Duration time() {
		return this.time;
	}

	// How often something slow is repeated: about as often as it can be in the time, but
	// at least once.
	int times(Duration each) {
		return Math.max(1, (int) (this.time.toMillis() / each.toMillis()));
	}

	List<Figure> figures() {
		return List.copyOf(this.figures);
	}

	void add(String what, double value, Unit unit, @Nullable Comparison comparison, @Nullable Goal goal) {
		this.figures.add(new Figure(this.row, what, value, unit, comparison, goal));
	}

	void add(String what, double value, Unit unit) {
		add(what, value, unit, null, null);
	}

	// A percentile of durations beside that of what they are measured by.
	void percentile(Timed timed, double percentile, Timed by, @Nullable Goal goal) {
		add(timed.name() + " p" + Math.round(percentile), timed.samples().micros(percentile), Unit.MICROS,
				new Comparison(by.name(), by.samples().micros(percentile),
						timed.samples().ratio(by.samples(), percentile)),
				goal);
	}

	// A rate beside another of the same measurement.
	void rate(String what, Rates rates, int contender, Comparison comparison, @Nullable Goal goal) {
		add(what, rates.perSecond(contender), Unit.PER_SECOND, comparison, goal);
	}

	/**
	 * Durations with their name.
	 *
	 * @param name what was measured
	 * @param samples the durations
	 */
	record Timed(String name, Samples samples) {

	}

}
