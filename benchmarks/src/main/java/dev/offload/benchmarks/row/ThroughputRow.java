package dev.offload.benchmarks.row;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import dev.offload.BatchOptions;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.benchmarks.run.InFlight;
import dev.offload.benchmarks.run.Rates;

/**
 * How many tasks that do nothing end in a second, with 64 in flight.
 */
final class ThroughputRow implements Row {

	static final int IN_FLIGHT = 64;

	private static final int CHUNK = 500;

	private static final List<Long> NUMBERS = LongStream.range(0, 50_000).boxed().toList();

	@Override
	public String name() {
		return "throughput";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		try (Pool pool = Pool.ofProcesses()) {
			InFlight invocations = new InFlight(IN_FLIGHT, () -> pool.submit(Work.nextOf(1)));
			InFlight lambdas = new InFlight(IN_FLIGHT, () -> pool.executor().submit(() -> 1L).future());
			Rates rates = Rates.measure(List.of(invocations, lambdas, (time) -> items(pool, time)), sheet.time());
			sheet.add("invocations", rates.perSecond(0), Unit.PER_SECOND, null, Goal.atLeast(60_000));
			sheet.rate("lambdas", rates.beside(1, 0), "invocations", null);
			sheet.rate("items of map, chunks of 500", rates.beside(2, 0), "invocations", Goal.atLeast(300_000));
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
