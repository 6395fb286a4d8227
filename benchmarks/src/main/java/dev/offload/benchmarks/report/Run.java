package dev.offload.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.offload.benchmarks.figure.Figure;

/**
 * What was measured on one JDK.
 *
 * @param jdk its version
 * @param figures the figures
 * @param measured when, by the name of the row
 */
public record Run(String jdk, List<Figure> figures, Map<String, Moment> measured) {

	public Run {
		figures = List.copyOf(figures);
		measured = Collections.unmodifiableMap(new TreeMap<>(measured));
	}

	/**
	 * The feature version.
	 * @return a number such as 17
	 */
	public int feature() {
		return Runtime.Version.parse(this.jdk).feature();
	}

	// The rows of a later run take the place of the same rows here.
	Run with(Run later, List<String> order) {
		Set<String> measured = later.figures.stream().map(Figure::row).collect(Collectors.toSet());
		List<Figure> all = new ArrayList<>(this.figures);
		all.removeIf((figure) -> measured.contains(figure.row()) || !order.contains(figure.row()));
		all.addAll(later.figures);
		all.sort((left, right) -> Integer.compare(order.indexOf(left.row()), order.indexOf(right.row())));
		Map<String, Moment> moments = new TreeMap<>(this.measured);
		moments.keySet().retainAll(order);
		moments.putAll(later.measured);
		return new Run(later.jdk, all, moments);
	}

}
