package dev.offload.benchmarks.row;

import java.util.List;

import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.run.InFlight;
import dev.offload.benchmarks.run.Rates;

/**
 * How many tasks that do nothing end in a second, with 64 in flight.
 */
final class ThroughputRow implements Row {

	static final int IN_FLIGHT = 64;

	@Override
	public String name() {
		return "throughput";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		try (Pool pool = Pool.ofProcesses()) {
			InFlight invocations = new InFlight(IN_FLIGHT, () -> pool.submit(Work.nextOf(1)));
			InFlight lambdas = new InFlight(IN_FLIGHT, () -> pool.executor().submit(() -> 1L).future());
			Rates rates = Rates.measure(List.of(invocations, lambdas), sheet.time());
			sheet.rate("invocations", rates.perSecond(0), Goal.atLeast(60_000));
			sheet.rate("lambdas", rates.beside(1, 0), "invocations", null);
		}
	}

}
