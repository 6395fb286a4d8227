package dev.offload.benchmarks.row;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.Rounds;
import dev.offload.benchmarks.run.Samples;

/**
 * The types without processes beside what the JDK has.
 */
final class LocalRow implements Row {

	private static final int JDK_OF_VIRTUAL_THREADS = 21;

	@Override
	public String name() {
		return "local";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(Pool.WORKERS);
		try (Pool thread = new Pool(ExecutorSpec.THREAD);
				Pool inline = new Pool(ExecutorSpec.INLINE, (spec) -> spec.codecRoundTrip(false));
				Pool copying = new Pool(ExecutorSpec.INLINE)) {
			List<Samples> samples = Rounds.durations(
					List.of(Contender.of("ExecutorService", () -> threads.submit(() -> 1L).get()),
							contender("type thread", thread.executor()), Contender.of("FutureTask", LocalRow::direct),
							contender("type inline", inline.executor()),
							Contender.of("type inline, with copies", () -> copying.call(Work.nextOf(1)))),
					sheet.time());
			sheet.overhead(samples.get(1), samples.get(0), Goal.atMost(1));
			sheet.overhead(samples.get(3), samples.get(2), Goal.atMost(1));
			sheet.overhead(samples.get(4), samples.get(2), null);
		}
		finally {
			threads.shutdown();
		}
		if (Runtime.version().feature() >= JDK_OF_VIRTUAL_THREADS) {
			measureVirtual(sheet);
		}
	}

	private static void measureVirtual(Sheet sheet) throws Exception {
		ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		try (Pool virtual = new Pool(ExecutorSpec.VIRTUAL)) {
			List<Contender> contenders = new ArrayList<>();
			contenders.add(Contender.of("ExecutorService of virtual threads", () -> threads.submit(() -> 1L).get()));
			contenders.add(contender("type virtual", virtual.executor()));
			List<Samples> samples = Rounds.durations(contenders, sheet.time().dividedBy(2));
			sheet.overhead(samples.get(1), samples.get(0), Goal.atMost(1));
		}
		finally {
			threads.shutdown();
		}
	}

	private static Contender contender(String name, OffloadExecutor executor) {
		return Contender.of(name, () -> executor.call(() -> 1L));
	}

	private static void direct() throws Exception {
		FutureTask<Long> task = new FutureTask<>(() -> 1L);
		task.run();
		task.get();
	}

}
