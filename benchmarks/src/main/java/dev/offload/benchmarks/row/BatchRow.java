package dev.offload.benchmarks.row;

import java.util.List;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import dev.offload.BatchOptions;
import dev.offload.ItemFunction;
import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.run.InFlight;
import dev.offload.benchmarks.run.Rates;

/**
 * How many items of batches end in a second, with which next to nothing is done.
 */
final class BatchRow implements Row {

	private static final int ITEMS = 100_000;

	private static final double NANOS_PER_SECOND = 1e9;

	private static final BatchOptions CHUNKS = BatchOptions.chunksOf(1000);

	@Override
	public String name() {
		return "batch";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		List<Long> numbers = LongStream.range(0, ITEMS).boxed().toList();
		List<String> texts = numbers.stream().map(String::valueOf).toList();
		try (Pool pool = Pool.ofProcesses()) {
			InFlight single = new InFlight(ThroughputRow.IN_FLIGHT, () -> pool.submit(Work.nextOf(1)));
			Rates rates = Rates.measure(List.of(single, source(pool, numbers, Work::next, CHUNKS),
					source(pool, numbers, Work::next, BatchOptions.DEFAULTS),
					source(pool, texts, String::length, CHUNKS)), sheet.time());
			add(sheet, "numbers, chunks of 1000", rates, 1, Goal.atLeast(300_000));
			add(sheet, "numbers, chunks sized by the batch", rates, 2, null);
			add(sheet, "texts, chunks of 1000", rates, 3, null);
		}
	}

	private static void add(Sheet sheet, String what, Rates rates, int place, @Nullable Goal goal) {
		sheet.rate(what, rates, place,
				new Comparison("invocations one by one", rates.perSecond(0), rates.ratio(place, 0)), goal);
	}

	private static <T, R> Rates.Source source(Pool pool, List<T> items, ItemFunction<T, R> function,
			BatchOptions options) {
		return (time) -> {
			long start = System.nanoTime();
			long end = start + time.toNanos();
			long done = 0;
			while (System.nanoTime() < end) {
				done += pool.executor().map(items, function, options).results().size();
			}
			return done * NANOS_PER_SECOND / (System.nanoTime() - start);
		};
	}

}
