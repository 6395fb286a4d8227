package dev.offload.benchmarks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

import org.HdrHistogram.Histogram;

/**
 * Something whose durations are measured beside those of others.
 *
 * @param name its name
 * @param turn measures for a short time
 */
public record Contender(String name, Turn turn) {

	/** One of a slow operation says nothing. */
	private static final int LEAST = 3;

	/**
	 * One that does one thing at a time, on the thread that measures.
	 * @param name its name
	 * @param operation what it does
	 * @return the contender
	 */
	public static Contender of(String name, Operation operation) {
		return new Contender(name, (slice) -> repeat(operation, slice));
	}

	/**
	 * One that does several things at a time, each on a thread of its own.
	 * @param name its name
	 * @param operations what it does
	 * @return the contender
	 */
	public static Contender of(String name, List<Operation> operations) {
		return new Contender(name, (slice) -> {
			List<FutureTask<Histogram>> parts = new ArrayList<>();
			for (Operation operation : operations) {
				parts.add(new FutureTask<>(() -> repeat(operation, slice)));
			}
			parts.forEach((part) -> new Thread(part, "caller").start());
			Histogram whole = new Histogram(3);
			for (FutureTask<Histogram> part : parts) {
				whole.add(part.get());
			}
			return whole;
		});
	}

	private static Histogram repeat(Operation operation, Duration slice) throws Exception {
		Histogram histogram = new Histogram(3);
		long start = System.nanoTime();
		long end = start + slice.toNanos();
		for (int i = 0; i < LEAST || start < end; i++) {
			operation.once();
			long now = System.nanoTime();
			histogram.recordValue(now - start);
			start = now;
		}
		return histogram;
	}

	/**
	 * Measures for a short time.
	 */
	@FunctionalInterface
	public interface Turn {

		/**
		 * Does it again and again.
		 * @param slice for how long
		 * @return the durations in nanoseconds
		 * @throws Exception if it fails
		 */
		Histogram take(Duration slice) throws Exception;

	}

}
