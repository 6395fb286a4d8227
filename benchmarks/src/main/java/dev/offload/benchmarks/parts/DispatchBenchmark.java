package dev.offload.benchmarks.parts;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import dev.offload.registry.StandardExecutorRegistry;

/**
 * The whole way of a call but for another thread and another process.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DispatchBenchmark {

	/** Whether what travels is copied by the codec. */
	@Param({ "false", "true" })
	private boolean copies;

	private final StandardExecutorRegistry registry = StandardExecutorRegistry.create();

	// JMH calls the method that sets it before all others.
	@SuppressWarnings("NullAway.Init")
	private OffloadExecutor executor;

	/**
	 * Makes the executor.
	 */
	@Setup
	public void create() {
		this.executor = this.registry
			.getOrCreate(ExecutorSpec.builder("inline").type(ExecutorSpec.INLINE).codecRoundTrip(this.copies).build());
	}

	/**
	 * Closes it.
	 */
	@TearDown(Level.Trial)
	public void close() {
		this.registry.close();
	}

	/**
	 * Calls a task.
	 * @return its result
	 * @throws Exception if it fails
	 */
	@Benchmark
	public long call() throws Exception {
		return this.executor.call(() -> 1L);
	}

}
