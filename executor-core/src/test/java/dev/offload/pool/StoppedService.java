package dev.offload.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerSpec;

/**
 * A service with one worker and one {@code hang-timeout}, its argument. It prints
 * {@code WORKER <pid>}, and for a line of input waits more than that limit and prints
 * {@code LATER <pid> <workers started>}.
 */
public final class StoppedService {

	private StoppedService() {
	}

	public static void main(String[] args) throws Exception {
		Duration limit = Duration.parse(args[0]);
		ExecutorSpec spec = ExecutorSpec.builder("stopped")
			.maxWorkers(1)
			.minWorkers(1)
			.hangTimeout(limit)
			.worker(WorkerSpec.builder().heapBytes(32L * 1024 * 1024).build())
			.build();
		try (OffloadExecutor executor = ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.build()
			.create(spec)) {
			System.out.println("WORKER " + executor.call(Faults::pid));
			while (System.in.read() >= 0) {
				TimeUnit.NANOSECONDS.sleep(limit.multipliedBy(2).toNanos());
				System.out.println("LATER " + executor.call(Faults::pid) + " " + executor.snapshot().workersStarted());
			}
		}
	}

}
