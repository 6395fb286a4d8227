package dev.offload.benchmarks.parts;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.offload.benchmarks.spring.Numbers;
import dev.offload.benchmarks.spring.NumbersApplication;

/**
 * A call of an annotated method that runs on its caller's thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AspectBenchmark {

	// JMH calls the method that sets it before all others.
	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext context;

	// JMH calls the method that sets it before all others.
	@SuppressWarnings("NullAway.Init")
	private Numbers numbers;

	/**
	 * Starts the application.
	 */
	@Setup
	public void start() {
		this.context = SpringApplication.run(NumbersApplication.class, "--offload.executors.numbers.max-workers=1",
				"--offload.executors.here.type=inline", "--offload.executors.here.codec-round-trip=false",
				"--logging.level.root=warn", "--spring.main.banner-mode=off");
		this.numbers = this.context.getBean(Numbers.class);
	}

	/**
	 * Ends it.
	 */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * Calls the method.
	 * @return its result
	 */
	@Benchmark
	public long annotated() {
		return this.numbers.nextHere(1);
	}

	/**
	 * Calls one without the annotation.
	 * @return its result
	 */
	@Benchmark
	public long plain() {
		return this.numbers.plain(1);
	}

}
