package dev.offload.benchmarks.parts;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.registry.StandardExecutorRegistry;

/**
 * One task into a queue and out of it again, by how many wait in it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueueBenchmark {

	/** How many wait. */
	@Param({ "1", "1000", "100000" })
	private int queued;

	private final StandardExecutorRegistry registry = StandardExecutorRegistry.create();

	private final CountDownLatch end = new CountDownLatch(1);

	// JMH calls the method that sets it before all others.
	@SuppressWarnings("NullAway.Init")
	private OffloadExecutor executor;

	/**
	 * Fills the queue.
	 */
	@Setup
	public void fill() {
		this.executor = this.registry.getOrCreate(ExecutorSpec.builder("queue")
			.type(ExecutorSpec.THREAD)
			.maxWorkers(1)
			.maxPending(this.queued + 10)
			.build());
		// It holds the only thread.
		this.executor.submit(() -> {
			this.end.await();
			return 1L;
		});
		for (int i = 0; i < this.queued; i++) {
			this.executor.submit(() -> 1L);
		}
	}

	/**
	 * Empties the queue.
	 */
	@TearDown
	public void empty() {
		this.end.countDown();
		this.executor.closeNow();
	}

	/**
	 * Adds one and removes it.
	 * @return whether it was there
	 */
	@Benchmark
	public boolean submitAndCancel() {
		TaskHandle<Long> task = this.executor.submit(() -> 1L);
		return task.cancel();
	}

}
