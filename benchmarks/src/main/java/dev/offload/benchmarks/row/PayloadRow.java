package dev.offload.benchmarks.row;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.floor.EchoConnection;
import dev.offload.benchmarks.floor.EchoProcess;
import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.Rounds;
import dev.offload.benchmarks.run.Samples;

/**
 * The echo of an array of bytes beside an echo of as many bytes over a bare socket.
 */
final class PayloadRow implements Row {

	private final String name;

	private final int bytes;

	private final @Nullable Goal goal;

	PayloadRow(String name, int bytes, @Nullable Goal goal) {
		this.name = name;
		this.bytes = bytes;
		this.goal = goal;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		byte[] payload = new byte[this.bytes];
		try (EchoProcess echo = EchoProcess.start();
				EchoConnection connection = echo.connect();
				Pool pool = Pool.ofProcesses()) {
			List<Samples> samples = Rounds
				.durations(List.of(Contender.of("bare socket", () -> connection.echo(this.bytes)),
						Contender.of("byte[] echo", () -> pool.call(Work.echoOf(payload)))), sheet.time());
			sheet.median(samples.get(1), samples.get(0), this.goal);
			sheet.p99(samples.get(1), samples.get(0), null);
		}
	}

}
