package dev.offload.benchmarks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.HdrHistogram.Histogram;

/**
 * Measures contenders in turns: in each round all of them, each for a short time, so that
 * whatever else the machine does disturbs all of them alike.
 */
public final class Rounds {

	private static final Duration SLICE = Duration.ofMillis(200);

	/** One of a slow operation says nothing. */
	private static final int LEAST = 5;

	private Rounds() {
	}

	/**
	 * Warms up for as long, and then measures durations.
	 * @param contenders what is measured, in the order of their turns
	 * @param time for how long all of them together are measured
	 * @return what was measured of each, in the same order
	 * @throws Exception if an operation fails
	 */
	public static List<Samples> durations(List<Contender> contenders, Duration time) throws Exception {
		List<Samples> samples = contenders.stream().map((contender) -> new Samples()).toList();
		int threads = contenders.stream().mapToInt((contender) -> contender.operations().size()).max().orElse(1);
		ExecutorService callers = Executors.newFixedThreadPool(threads);
		try {
			rounds(contenders, time, callers);
			for (List<Histogram> round : rounds(contenders, time, callers)) {
				for (int i = 0; i < samples.size(); i++) {
					samples.get(i).add(round.get(i));
				}
			}
		}
		finally {
			callers.shutdownNow();
		}
		return samples;
	}

	private static List<List<Histogram>> rounds(List<Contender> contenders, Duration time, ExecutorService callers)
			throws Exception {
		List<List<Histogram>> rounds = new ArrayList<>();
		long end = System.nanoTime() + time.toNanos();
		while (rounds.isEmpty() || System.nanoTime() < end) {
			List<Histogram> round = new ArrayList<>();
			for (Contender contender : contenders) {
				round.add(slice(contender, callers));
			}
			rounds.add(round);
		}
		return rounds;
	}

	private static Histogram slice(Contender contender, ExecutorService callers) throws Exception {
		long end = System.nanoTime() + SLICE.toNanos();
		List<Callable<Histogram>> parts = new ArrayList<>();
		contender.operations().forEach((operation) -> parts.add(() -> slice(operation, end)));
		Histogram whole = new Histogram(3);
		for (Future<Histogram> part : callers.invokeAll(parts)) {
			whole.add(part.get());
		}
		return whole;
	}

	private static Histogram slice(Operation operation, long end) throws Exception {
		Histogram histogram = new Histogram(3);
		long start = System.nanoTime();
		for (int i = 0; i < LEAST || start < end; i++) {
			run(operation);
			long now = System.nanoTime();
			histogram.recordValue(now - start);
			start = now;
		}
		return histogram;
	}

	private static void run(Operation operation) throws Exception {
		try {
			operation.run();
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
