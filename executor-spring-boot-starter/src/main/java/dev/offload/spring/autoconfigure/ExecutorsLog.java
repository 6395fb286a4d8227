package dev.offload.spring.autoconfigure;

import java.time.Duration;
import java.util.StringJoiner;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.StartMode;
import dev.offload.spring.Words;

/**
 * Writes a line for each executor once all of them are made.
 */
final class ExecutorsLog implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(ExecutorsLog.class);

	private static final long MEGABYTE = 1024 * 1024;

	private final ExecutorRegistry registry;

	private final RegistryAssembler assembler;

	ExecutorsLog(ExecutorRegistry registry, RegistryAssembler assembler) {
		this.registry = registry;
		this.assembler = assembler;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.registry.executors().values().forEach((executor) -> logger.info("{}", line(executor)));
	}

	// Sizes and limits only: options, properties and variables may hold secrets.
	private String line(OffloadExecutor executor) {
		ExecutorSpec spec = executor.spec();
		StringJoiner line = new StringJoiner(", ", "Executor '" + executor.name() + "': ", "");
		line.add("type " + spec.type());
		if (!spec.type().equals(ExecutorSpec.INLINE)) {
			line.add("max-workers " + spec.maxWorkers());
		}
		addIf(spec.minWorkers() > 0, line, "min-workers " + spec.minWorkers());
		addIf(spec.spareWorkers() > 0, line, "spare-workers " + spec.spareWorkers());
		addIf(spec.threadsPerWorker() > 1, line, "threads-per-worker " + spec.threadsPerWorker());
		line.add("max-pending " + spec.maxPending());
		addIf(spec.overload() != OverloadPolicy.REJECT, line, "overload " + Words.of(spec.overload()));
		addIf(!spec.queueTimeout().isZero(), line, "queue-timeout " + text(spec.queueTimeout()));
		line.add("timeout " + (spec.timeout().isZero() ? "none" : text(spec.timeout())));
		addIf(spec.start() == StartMode.EAGER, line, "start eager");
		this.assembler.workerMemory(executor.name())
			.ifPresent((bytes) -> line.add("memory of its workers up to " + bytes / MEGABYTE + " MB"));
		return line.toString();
	}

	private static void addIf(boolean condition, StringJoiner line, String text) {
		if (condition) {
			line.add(text);
		}
	}

	private static String text(Duration duration) {
		return (duration.toMillis() % 1000 == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
	}

}
