package dev.offload.benchmarks.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.hazelcast.core.Hazelcast;
import net.viktorc.pp4j.api.JavaProcessExecutorService;
import org.HdrHistogram.Histogram;
import org.apache.commons.pool2.ObjectPool;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.peer.HazelcastPool;
import dev.offload.benchmarks.peer.Pp4jPool;
import dev.offload.benchmarks.peer.PythonPool;
import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.InFlight;
import dev.offload.benchmarks.run.JavaCommand;
import dev.offload.benchmarks.run.Rates;
import dev.offload.benchmarks.run.Rounds;
import dev.offload.benchmarks.run.Samples;

/**
 * A task that does nothing, in pools of others and in ours. Hazelcast and PP4J write an
 * object for each task, as a lambda of ours does; Python writes the name of a function,
 * as an invocation does a number.
 */
final class PeersRow implements Row {

	// The places of the contenders.
	private static final int INVOCATION = 0;

	private static final int LAMBDA = 1;

	private static final int OURS = 2;

	private static final int PYTHON = 4;

	@Override
	public String name() {
		return "peers";
	}

	@Override
	public String classPath() {
		return JavaCommand.classPath(JavaCommand.class, ExecutorSpec.class, LoggerFactory.class, Histogram.class,
				Hazelcast.class, JavaProcessExecutorService.class, ObjectPool.class);
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		Optional<PythonPool> python = PythonPool.start();
		try (Pool pool = Pool.ofProcesses();
				HazelcastPool hazelcast = new HazelcastPool(Pool.WORKERS);
				Pp4jPool pp4j = new Pp4jPool(Pool.WORKERS)) {
			List<Contender> contenders = new ArrayList<>();
			contenders.add(Contender.of("invocation", () -> pool.call(Work.nextOf(1))));
			contenders.add(Contender.of("lambda", () -> pool.executor().call(() -> 1L)));
			contenders.add(Contender.of("Hazelcast, threads of this JVM", () -> hazelcast.submit().get()));
			contenders.add(Contender.of("PP4J", () -> pp4j.submit().get()));
			python.ifPresent((it) -> contenders.add(it.durations()));
			List<Rates.Source> sources = new ArrayList<>();
			sources.add(new InFlight(ThroughputRow.IN_FLIGHT, () -> pool.submit(Work.nextOf(1))));
			sources.add(new InFlight(ThroughputRow.IN_FLIGHT, () -> pool.executor().submit(() -> 1L).future()));
			sources.add(new InFlight(ThroughputRow.IN_FLIGHT, hazelcast::submit));
			sources.add(new InFlight(ThroughputRow.IN_FLIGHT, pp4j::submit));
			python.ifPresent((it) -> sources.add(it.rate(ThroughputRow.IN_FLIGHT)));
			measure(sheet, contenders, sources);
		}
		finally {
			if (python.isPresent()) {
				python.get().close();
			}
			else {
				System.out.println("There is no python3 here: its pool is left out.");
			}
		}
	}

	private static void measure(Sheet sheet, List<Contender> contenders, List<Rates.Source> sources) throws Exception {
		List<Samples> samples = Rounds.durations(contenders, sheet.time());
		Rates rates = Rates.measure(sources, sheet.time());
		for (int peer = OURS; peer < samples.size(); peer++) {
			boolean python = (peer == PYTHON);
			int same = python ? INVOCATION : LAMBDA;
			sheet.median(samples.get(peer), samples.get(same), null);
			sheet.p99(samples.get(peer), samples.get(same), null);
			if (!python) {
				sheet.median(samples.get(peer), "beside an invocation", samples.get(INVOCATION));
				rate(sheet, rates, "lambdas", LAMBDA, peer, samples);
			}
			rate(sheet, rates, "invocations", INVOCATION, peer, samples);
		}
	}

	private static void rate(Sheet sheet, Rates rates, String what, int ours, int peer, List<Samples> samples) {
		sheet.rate(what + ", 64 in flight, beside " + samples.get(peer).name(), rates.beside(ours, peer), "those",
				(peer == PYTHON) ? Goal.ratioAtLeast(4) : null);
	}

}
