package dev.offload.benchmarks.row;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

import dev.offload.Invocation;
import dev.offload.WorkerTransport;
import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.InFlight;
import dev.offload.benchmarks.run.Operation;
import dev.offload.benchmarks.run.Rates;
import dev.offload.benchmarks.run.Rounds;
import dev.offload.benchmarks.run.Samples;

/**
 * All that the system has to reach workers beside nothing but the socket, for the same
 * calls.
 */
final class TransportRow implements Row {

	private static final int KIB = 1024;

	private static final String SOCKET = "socket";

	/** There are eight, so it takes twice the time of another row. */
	private static final int PARTS = 4;

	@Override
	public String name() {
		return "transport";
	}

	// Each kind of call has rounds of its own: what was called before leaves its mark, so
	// both sides follow the same.
	@Override
	public void measure(Sheet sheet) throws Exception {
		Duration time = sheet.time().dividedBy(PARTS);
		try (Pool auto = Pool.reachedBy(WorkerTransport.AUTO); Pool socket = Pool.reachedBy(WorkerTransport.SOCKET)) {
			for (Calls calls : List.of(new Calls("no-op", Work.nextOf(1), 1),
					new Calls("no-op, two callers", Work.nextOf(1), Pool.WORKERS), echo("1 KiB", KIB),
					echo("10 KiB", 10 * KIB), echo("64 KiB", 64 * KIB), echo("1 MiB", KIB * KIB),
					echo("64 MiB", 64 * KIB * KIB))) {
				List<Samples> samples = Rounds.durations(List.of(calls.to(auto, calls.name), calls.to(socket, SOCKET)),
						time);
				sheet.median(samples.get(0), samples.get(1), null);
			}
			Rates rates = Rates.measure(List.of(inFlight(auto), inFlight(socket)), time);
			sheet.rate("invocations, 64 in flight", rates.beside(0, 1), SOCKET, null);
		}
	}

	private static Calls echo(String size, int bytes) {
		return new Calls("byte[] echo, " + size, Work.echoOf(new byte[bytes]), 1);
	}

	private static InFlight inFlight(Pool pool) {
		return new InFlight(ThroughputRow.IN_FLIGHT, () -> pool.submit(Work.nextOf(1)));
	}

	/**
	 * What is called, and by how many callers at a time.
	 *
	 * @param name what it is called in the figures
	 * @param invocation what is called
	 * @param callers how many callers
	 */
	private record Calls(String name, Invocation invocation, int callers) {

		Contender to(Pool pool, String as) {
			Operation call = () -> pool.call(this.invocation);
			return (this.callers == 1) ? Contender.of(as, call)
					: Contender.of(as, Collections.nCopies(this.callers, call));
		}

	}

}
