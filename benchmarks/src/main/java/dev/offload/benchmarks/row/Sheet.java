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
		add(samples.name() + " p" + Math.round(percentile), samples.micros(percentile), Unit.MICROS,
				new Comparison(by.name(), by.micros(percentile), samples.ratio(by, percentile)), goal);
	}

	// What something costs above what it is measured by, in the middle.
	void overhead(Samples samples, Samples by, @Nullable Goal goal) {
		double value = by.micros(50);
		add(samples.name() + " over " + by.name() + ", p50", samples.difference(by, 50), Unit.MICROS,
				new Comparison(by.name(), value, samples.ratio(by, 50)), goal);
	}

	// The middle of durations that are some milliseconds long.
	void millis(Samples samples, @Nullable Samples by, @Nullable Goal goal) {
		Comparison comparison = (by != null) ? new Comparison(by.name(), by.micros(50) / 1e3, samples.ratio(by, 50))
				: null;
		add(samples.name(), samples.micros(50) / 1e3, Unit.MILLIS, comparison, goal);
	}

	// A rate beside another of the same measurement.
	void rate(String what, Rates rates, int contender, Comparison comparison, @Nullable Goal goal) {
		add(what, rates.perSecond(contender), Unit.PER_SECOND, comparison, goal);
	}

}
