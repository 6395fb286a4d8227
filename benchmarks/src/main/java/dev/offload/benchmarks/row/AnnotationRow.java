package dev.offload.benchmarks.row;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.offload.ExecutorRegistry;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.Operation;
import dev.offload.benchmarks.run.Rounds;
import dev.offload.benchmarks.run.Samples;
import dev.offload.benchmarks.spring.Numbers;
import dev.offload.benchmarks.spring.NumbersApplication;

/**
 * A call of an annotated method beside the same invocation given to the executor.
 */
final class AnnotationRow implements Row {

	@Override
	public String name() {
		return "annotation";
	}

	@Override
	public String classPath() {
		return System.getProperty("java.class.path");
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		SpringApplication application = new SpringApplication(NumbersApplication.class);
		application.setDefaultProperties(Map.of("logging.level.root", "warn", "spring.main.banner-mode", "off",
				"offload.executors.numbers.max-workers", Pool.WORKERS, "offload.executors.here.type", "inline",
				"offload.executors.here.codec-round-trip", "false"));
		try (ConfigurableApplicationContext context = application.run()) {
			Numbers numbers = context.getBean(Numbers.class);
			ExecutorRegistry executors = context.getBean(ExecutorRegistry.class);
			List<Samples> samples = Rounds
				.durations(List.of(Contender.of("call", direct(executors.require("numbers"), "next", numbers)),
						Contender.of("@OffloadTo", () -> numbers.next(1)),
						Contender.of("call, inline", direct(executors.require("here"), "nextHere", numbers)),
						Contender.of("@OffloadTo, inline", () -> numbers.nextHere(1))), sheet.time());
			sheet.overhead(samples.get(1), samples.get(0), Goal.atMost(5));
			sheet.overhead(samples.get(3), samples.get(2), Goal.atMost(5));
		}
	}

	private static Operation direct(OffloadExecutor executor, String name, Numbers numbers) throws Exception {
		Method method = Numbers.class.getMethod(name, long.class);
		Invocation call = Invocation.onBean("numbers", method, 1L).locally((arguments) -> numbers.plain(1));
		return () -> executor.call(call, TaskOptions.DEFAULTS);
	}

}
