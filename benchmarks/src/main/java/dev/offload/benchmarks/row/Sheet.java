package dev.offload.benchmarks.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.benchmarks.run.Pair;
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
	int times(int millis) {
		return Math.max(1, (int) (this.time.toMillis() / millis));
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
	void percentile(Samples samples, double percentile, Samples by, @Nullable Goal goal) {
		pair(samples.name() + " p" + Math.round(percentile), samples.beside(by, percentile), Unit.MICROS, by.name(),
				goal);
	}

	// What something costs above what it is measured by, in the middle.
	void overhead(Samples samples, Samples by, @Nullable Goal goal) {
		Pair pair = samples.beside(by, 50);
		add(samples.name() + " over " + by.name() + ", p50", pair.difference(), Unit.MICROS,
				new Comparison(by.name(), pair.other(), pair.difference() / pair.other()), goal);
	}

	// The middle of durations that are some milliseconds long.
	void millis(Samples samples, @Nullable Goal goal) {
		add(samples.name(), samples.micros(50) / 1e3, Unit.MILLIS, null, goal);
	}

	void millis(Samples samples, Samples by, @Nullable Goal goal) {
		Pair pair = samples.beside(by, 50);
		pair(samples.name(), new Pair(pair.value() / 1e3, pair.other() / 1e3), Unit.MILLIS, by.name(), goal);
	}

	// A rate beside another of the same measurement.
	void rate(String what, Pair pair, String by, @Nullable Goal goal) {
		pair(what, pair, Unit.PER_SECOND, by, goal);
	}

	private void pair(String what, Pair pair, Unit unit, String by, @Nullable Goal goal) {
		add(what, pair.value(), unit, new Comparison(by, pair.other(), pair.ratio()), goal);
	}

}
