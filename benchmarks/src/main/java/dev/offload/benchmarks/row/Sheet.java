package dev.offload.benchmarks.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Spread;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.benchmarks.run.Pair;
import dev.offload.benchmarks.run.Quartiles;
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
		add(what, value, unit, comparison, goal, null);
	}

	void add(String what, double value, Unit unit) {
		add(what, value, unit, null, null);
	}

	// The median of durations beside that of what they are measured by.
	void median(Samples samples, Samples by, @Nullable Goal goal) {
		pair(samples.name() + " p50", samples.mediansBeside(by), Unit.MICROS, by.name(), goal);
	}

	// The same once more, beside something else.
	void median(Samples samples, String how, Samples by) {
		pair(samples.name() + ", " + how + " p50", samples.mediansBeside(by), Unit.MICROS, by.name(), null);
	}

	// A percentile of all durations beside that of what they are measured by; nothing if
	// there are too few.
	void p99(Samples samples, Samples by, @Nullable Goal goal) {
		OptionalDouble value = samples.micros(99);
		OptionalDouble other = by.micros(99);
		if (value.isPresent() && other.isPresent()) {
			double ratio = value.getAsDouble() / other.getAsDouble();
			add(samples.name() + " p99", value.getAsDouble(), Unit.MICROS,
					new Comparison(by.name(), other.getAsDouble(), ratio), goal);
		}
	}

	// What something costs above what it is measured by, in the middle of the rounds; and
	// that, if it is not there already.
	void overhead(Samples samples, Samples by, @Nullable Goal goal) {
		Pair pair = samples.mediansBeside(by);
		String base = by.name() + ", p50";
		if (this.figures.stream().noneMatch((figure) -> figure.what().equals(base))) {
			add(base, pair.other(), Unit.MICROS);
		}
		quartiles(samples.name() + " over " + base, pair.differences(), Unit.MICROS, goal);
	}

	// The middle of durations that are some milliseconds long.
	void millis(Samples samples, @Nullable Goal goal) {
		Quartiles micros = samples.medianMicros();
		quartiles(samples.name(), new Quartiles(micros.low() / 1e3, micros.middle() / 1e3, micros.high() / 1e3),
				Unit.MILLIS, goal);
	}

	void millis(Samples samples, Samples by, @Nullable Goal goal) {
		Pair pair = samples.mediansBeside(by);
		pair(samples.name(), new Pair(pair.value() / 1e3, pair.other() / 1e3, pair.ratios(), pair.differences()),
				Unit.MILLIS, by.name(), goal);
	}

	// A rate by itself.
	void rate(String what, Quartiles rates, @Nullable Goal goal) {
		quartiles(what, rates, Unit.PER_SECOND, goal);
	}

	// A rate beside another of the same measurement.
	void rate(String what, Pair pair, String by, @Nullable Goal goal) {
		pair(what, pair, Unit.PER_SECOND, by, goal);
	}

	private void quartiles(String what, Quartiles quartiles, Unit unit, @Nullable Goal goal) {
		add(what, quartiles.middle(), unit, null, goal, new Spread(quartiles.low(), quartiles.high()));
	}

	private void pair(String what, Pair pair, Unit unit, String by, @Nullable Goal goal) {
		Quartiles ratios = pair.ratios();
		add(what, pair.value(), unit, new Comparison(by, pair.other(), ratios.middle()), goal,
				new Spread(ratios.low(), ratios.high()));
	}

	private void add(String what, double value, Unit unit, @Nullable Comparison comparison, @Nullable Goal goal,
			@Nullable Spread spread) {
		this.figures.add(new Figure(this.row, what, value, unit, comparison, goal, spread));
	}

}
