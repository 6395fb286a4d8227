package dev.offload.benchmarks.row;

import java.util.List;

import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.Rounds;
import dev.offload.benchmarks.run.Samples;

/**
 * The echo of an object of records, by codec, beside a task that does nothing.
 */
final class InvoiceRow implements Row {

	private static final int LINES = 100;

	@Override
	public String name() {
		return "invoice";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		Invoice invoice = Invoice.ofLines(LINES);
		try (Pool pool = Pool.ofProcesses()) {
			List<Samples> samples = Rounds.durations(List.of(Contender.of("no-op", () -> pool.call(Work.nextOf(1))),
					Contender.of("codec jdk", () -> pool.call(Work.echoOf(invoice)))), sheet.time());
			sheet.percentile(samples.get(1), 50, samples.get(0), null);
			sheet.percentile(samples.get(1), 99, samples.get(0), null);
		}
	}

}
