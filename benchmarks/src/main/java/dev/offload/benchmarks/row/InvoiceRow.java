package dev.offload.benchmarks.row;

import java.util.List;

import dev.offload.ExecutorSpec;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.JavaCommand;
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
	public String classPath() {
		return Row.super.classPath() + System.getProperty("path.separator")
				+ JavaCommand.libraries("executor-codec", "kryo", "objenesis", "reflectasm", "minlog");
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		Invoice invoice = Invoice.ofLines(LINES);
		try (Pool jdk = Pool.ofProcesses(); Pool kryo = new Pool(ExecutorSpec.PROCESS, (spec) -> spec.codec("kryo"))) {
			List<Samples> samples = Rounds.durations(List.of(Contender.of("no-op", () -> jdk.call(Work.nextOf(1))),
					Contender.of("codec jdk", () -> jdk.call(Work.echoOf(invoice))),
					Contender.of("codec kryo", () -> kryo.call(Work.echoOf(invoice)))), sheet.time());
			sheet.median(samples.get(1), samples.get(0), null);
			sheet.p99(samples.get(1), samples.get(0), null);
			sheet.median(samples.get(2), samples.get(0), Goal.ratioAtMost(3));
			sheet.p99(samples.get(2), samples.get(0), null);
		}
	}

}
