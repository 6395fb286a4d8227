package dev.offload.benchmarks.row;

import java.util.List;

import dev.offload.benchmarks.floor.EchoConnection;
import dev.offload.benchmarks.floor.EchoProcess;
import dev.offload.benchmarks.floor.PipeProcess;
import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.Rounds;
import dev.offload.benchmarks.run.Samples;

/**
 * An echo over two bare pipes beside one over a bare socket.
 */
final class PipeRow implements Row {

	private static final int LARGE = 1024 * 1024;

	@Override
	public String name() {
		return "pipe";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		try (EchoProcess echo = EchoProcess.start();
				EchoConnection connection = echo.connect();
				PipeProcess pipe = PipeProcess.start()) {
			List<Samples> samples = Rounds.durations(List.of(Contender.of("bare socket, 1 B", () -> connection.echo(1)),
					Contender.of("bare pipe, 1 B", () -> pipe.echo(1)),
					Contender.of("bare socket, 1 MiB", () -> connection.echo(LARGE)),
					Contender.of("bare pipe, 1 MiB", () -> pipe.echo(LARGE))), sheet.time());
			sheet.median(samples.get(1), samples.get(0), null);
			sheet.p99(samples.get(1), samples.get(0), null);
			sheet.median(samples.get(3), samples.get(2), null);
		}
	}

}
