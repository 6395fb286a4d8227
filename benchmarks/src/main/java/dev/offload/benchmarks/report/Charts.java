package dev.offload.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Verdict;
import dev.offload.benchmarks.report.BarChart.Bar;

/**
 * The charts of a report.
 */
final class Charts {

	/** Below this a goal is met beyond all doubt, and a bar would tell no more. */
	private static final double LEAST = 0.01;

	/** In the names of second lines of a peer. */
	private static final String BESIDE = ", beside ";

	private Charts() {
	}

	// What a task costs that does nothing, by where it runs.
	static BarChart roundTrip(Report report) {
		List<Bar> bars = new ArrayList<>();
		for (Run run : report.runs()) {
			roundTrips(run).forEach((label, micros) -> bars.add(new Bar(label + ", JDK " + run.feature(), micros,
					Figure.number(micros) + " us", label.startsWith("Offload") ? "good" : "plain")));
		}
		return new BarChart("A task that does nothing, one at a time, median", "us", 0, bars);
	}

	private static Map<String, Double> roundTrips(Run run) {
		Map<String, Double> micros = new LinkedHashMap<>();
		for (Figure figure : run.figures()) {
			String name = figure.row() + " " + figure.what();
			Comparison by = figure.comparison();
			if (name.equals("noop invocation p50") && by != null) {
				micros.put("bare socket", by.value());
				micros.put("Offload, invocation", figure.value());
			}
			else if (name.equals("noop lambda p50")) {
				micros.put("Offload, lambda", figure.value());
			}
			else if (figure.row().equals("peers") && name.endsWith(" p50") && !name.contains(BESIDE)) {
				micros.put(figure.what().replace(" p50", ""), figure.value());
			}
		}
		return micros;
	}

	// How far each figure is from its goal.
	static BarChart goals(Report report) {
		List<Bar> bars = new ArrayList<>();
		for (Run run : report.runs()) {
			for (Figure figure : run.figures()) {
				Goal goal = figure.goal();
				if (goal != null && goal.limit() > 0) {
					double share = Math.max(LEAST, share(figure, goal));
					bars.add(new Bar(figure.row() + ": " + figure.what() + ", JDK " + run.feature(), share,
							Figure.number(share) + " x", kind(figure)));
				}
			}
		}
		return new BarChart("How many times its limit each figure is: left of the line the goal is met", "x", 1, bars);
	}

	private static String kind(Figure figure) {
		return (figure.verdict() == Verdict.NOT_TOLD) ? "plain" : ((figure.verdict() == Verdict.MET) ? "good" : "bad");
	}

	private static double share(Figure figure, Goal goal) {
		Comparison comparison = figure.comparison();
		double number = (goal.of() == Goal.Of.RATIO && comparison != null) ? comparison.ratio() : figure.value();
		return (goal.direction() == Goal.Direction.AT_MOST) ? number / goal.limit() : goal.limit() / number;
	}

}
