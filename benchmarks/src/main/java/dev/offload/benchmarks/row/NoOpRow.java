package dev.offload.benchmarks.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.floor.EchoConnection;
import dev.offload.benchmarks.floor.EchoProcess;
import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.Operation;
import dev.offload.benchmarks.run.Rounds;
import dev.offload.benchmarks.run.Samples;

/**
 * A task that does nothing beside an echo of one byte over a bare socket, from one thread
 * or from as many as there are workers.
 */
final class NoOpRow implements Row {

	private final String name;

	private final int callers;

	NoOpRow(String name, int callers) {
		this.name = name;
		this.callers = callers;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		try (EchoProcess echo = EchoProcess.start(); Pool pool = Pool.ofProcesses()) {
			List<Contender> contenders = List.of(Contender.of("bare socket", sockets(echo)),
					Contender.of("invocation", each(() -> pool.call(Work.nextOf(1)))),
					Contender.of("lambda", each(() -> pool.executor().call(() -> 1L))));
			List<Samples> samples = Rounds.durations(contenders, sheet.time());
			Samples floor = samples.get(0);
			sheet.median(samples.get(1), floor, Goal.ratioAtMost(2.5));
			sheet.p99(samples.get(1), floor, Goal.ratioAtMost(4));
			sheet.median(samples.get(2), floor, null);
			sheet.p99(samples.get(2), floor, null);
		}
	}

	private List<Operation> sockets(EchoProcess echo) throws Exception {
		List<Operation> operations = new ArrayList<>();
		for (int i = 0; i < this.callers; i++) {
			EchoConnection connection = echo.connect();
			operations.add(() -> connection.echo(1));
		}
		return operations;
	}

	private List<Operation> each(Operation operation) {
		return Collections.nCopies(this.callers, operation);
	}

}
