package dev.offload.benchmarks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how many a contender does in a second, in turns with others.
 */
public final class Rates {

	/**
	 * The shortest that tells anything, for each contender starts and ends with an empty
	 * pipe.
	 */
	private static final Duration SLICE = Duration.ofMillis(200);

	private final List<List<Double>> rounds;

	private Rates(List<List<Double>> rounds) {
		this.rounds = rounds;
	}

	/**
	 * Warms up for as long, and then measures.
	 * @param contenders what is measured, in the order of their turns
	 * @param time for how long all of them together are measured
	 * @return what was measured
	 * @throws Exception if one fails
	 */
	public static Rates measure(List<Source> contenders, Duration time) throws Exception {
		rounds(contenders, time);
		return new Rates(rounds(contenders, time));
	}

	private static List<List<Double>> rounds(List<Source> contenders, Duration time) throws Exception {
		List<List<Double>> rounds = new ArrayList<>();
		long end = System.nanoTime() + time.toNanos();
		while (rounds.isEmpty() || System.nanoTime() < end) {
			List<Double> round = new ArrayList<>();
			for (Source contender : contenders) {
				round.add(contender.perSecond(SLICE));
			}
			rounds.add(round);
		}
		return rounds;
	}

	/**
	 * What one of them does.
	 * @param contender its place
	 * @return how many in a second, by rounds
	 */
	public Quartiles perSecond(int contender) {
		return Quartiles.of(of(contender));
	}

	/**
	 * What one of them does beside another.
	 * @param contender its place
	 * @param other the place of the other
	 * @return both, in a second
	 */
	public Pair beside(int contender, int other) {
		return Pair.of(of(contender), of(other));
	}

	private List<Double> of(int contender) {
		return this.rounds.stream().map((round) -> round.get(contender)).toList();
	}

	/**
	 * Something that does as much as it can.
	 */
	@FunctionalInterface
	public interface Source {

		/**
		 * Works for a while.
		 * @param time for how long
		 * @return how many it has done in a second
		 * @throws Exception if it fails
		 */
		double perSecond(Duration time) throws Exception;

	}

}
