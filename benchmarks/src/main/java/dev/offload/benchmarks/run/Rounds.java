package dev.offload.benchmarks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * Measures contenders in turns: in each round all of them, each for a short time, so that
 * whatever else the machine does disturbs all of them alike.
 */
public final class Rounds {

	private static final Duration SLICE = Duration.ofMillis(100);

	private Rounds() {
	}

	/**
	 * Warms up for as long, and then measures durations.
	 * @param contenders what is measured, in the order of their turns
	 * @param time for how long all of them together are measured
	 * @return what was measured of each, in the same order
	 * @throws Exception if one fails
	 */
	public static List<Samples> durations(List<Contender> contenders, Duration time) throws Exception {
		List<Samples> samples = contenders.stream().map((contender) -> new Samples(contender.name())).toList();
		rounds(contenders, time);
		for (List<Histogram> round : rounds(contenders, time)) {
			for (int i = 0; i < samples.size(); i++) {
				samples.get(i).add(round.get(i));
			}
		}
		return samples;
	}

	private static List<List<Histogram>> rounds(List<Contender> contenders, Duration time) throws Exception {
		List<List<Histogram>> rounds = new ArrayList<>();
		long end = System.nanoTime() + time.toNanos();
		while (rounds.isEmpty() || System.nanoTime() < end) {
			List<Histogram> round = new ArrayList<>();
			for (Contender contender : contenders) {
				round.add(contender.turn().take(SLICE));
			}
			rounds.add(round);
		}
		return rounds;
	}

}
