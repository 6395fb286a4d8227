package dev.offload.benchmarks.run;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What was measured of two contenders in the same rounds.
 *
 * @param value the median of the one
 * @param other the median of what it is compared with
 * @param ratios how many times the other the one is, by rounds
 * @param differences how much the one is above the other, by rounds
 */
public record Pair(double value, double other, Quartiles ratios, Quartiles differences) {

	static Pair of(List<Double> values, List<Double> others) {
		List<Double> ratios = IntStream.range(0, values.size()).mapToObj((i) -> values.get(i) / others.get(i)).toList();
		List<Double> differences = IntStream.range(0, values.size())
			.mapToObj((i) -> values.get(i) - others.get(i))
			.toList();
		return new Pair(Quartiles.of(values).middle(), Quartiles.of(others).middle(), Quartiles.of(ratios),
				Quartiles.of(differences));
	}

}
