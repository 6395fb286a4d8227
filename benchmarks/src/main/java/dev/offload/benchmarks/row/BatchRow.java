package dev.offload.benchmarks.row;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import dev.offload.BatchOptions;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.run.Rates;

/**
 * How many items a batch gets done in a second, each of which does nothing.
 */
final class BatchRow implements Row {

	private static final int CHUNK = 500;

	private static final List<Long> NUMBERS = LongStream.range(0, 50_000).boxed().toList();

	@Override
	public String name() {
		return "batch";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		try (Pool pool = Pool.ofProcesses()) {
			Rates rates = Rates.measure(List.of((time) -> items(pool, time)), sheet.time());
			sheet.rate("items of map, chunks of 500", rates.perSecond(0), Goal.atLeast(300_000));
		}
	}

	private static double items(Pool pool, Duration time) throws Exception {
		long start = System.nanoTime();
		long items = 0;
		while (System.nanoTime() - start < time.toNanos()) {
			items += pool.executor().map(NUMBERS, Work::next, BatchOptions.DEFAULTS.withChunk(CHUNK)).results().size();
		}
		return items * 1e9 / (System.nanoTime() - start);
	}

}
