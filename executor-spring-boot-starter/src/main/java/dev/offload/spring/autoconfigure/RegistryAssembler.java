package dev.offload.spring.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.UnavailableExecutorTypeException;
import dev.offload.local.LocalExecutorFactories;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.process.JvmWorkerLauncher;
import dev.offload.registry.StandardExecutorRegistry;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerSetupProvider;

/**
 * Puts a registry together from the beans of the application. Its factories go before
 * those that come with Offload.
 */
final class RegistryAssembler {

	private final ObjectProvider<ExecutorFactory> factories;

	private final ObjectProvider<ExecutorListener> listeners;

	private final ObjectProvider<WorkerSetupProvider> setups;

	private final ObjectProvider<PayloadCodec> codecs;

	private final ObjectProvider<WorkerLauncher> launchers;

	private final ObjectProvider<OutputRedactor> redactors;

	private final ObjectProvider<ContextCarrier> carriers;

	RegistryAssembler(ObjectProvider<ExecutorFactory> factories, ObjectProvider<ExecutorListener> listeners,
			ObjectProvider<WorkerSetupProvider> setups, ObjectProvider<PayloadCodec> codecs,
			ObjectProvider<WorkerLauncher> launchers, ObjectProvider<OutputRedactor> redactors,
			ObjectProvider<ContextCarrier> carriers) {
		this.factories = factories;
		this.listeners = listeners;
		this.setups = setups;
		this.codecs = codecs;
		this.launchers = launchers;
		this.redactors = redactors;
		this.carriers = carriers;
	}

	/**
	 * Puts the registry together.
	 * @param withWorkers the names of the executors that will need worker processes
	 * @return the registry, with no executors yet
	 * @throws UnavailableExecutorTypeException if there can be no worker processes
	 */
	StandardExecutorRegistry assemble(List<String> withWorkers) {
		ExecutorListener listener = new CompositeExecutorListener(this.listeners.orderedStream().toList());
		Map<String, ExecutorFactory> byType = new LinkedHashMap<>();
		this.factories.orderedStream().forEach((factory) -> byType.putIfAbsent(factory.type(), factory));
		ContextCarriers all = ContextCarriers.of(this.carriers.orderedStream().toList());
		LocalExecutorFactories.all(listener, all).forEach((factory) -> byType.putIfAbsent(factory.type(), factory));
		if (!byType.containsKey(ExecutorSpec.PROCESS)) {
			byType.put(ExecutorSpec.PROCESS, processes(listener, all, withWorkers));
		}
		StandardExecutorRegistry.Builder builder = StandardExecutorRegistry.builder();
		byType.values().forEach(builder::factory);
		return builder.build();
	}

	private ExecutorFactory processes(ExecutorListener listener, ContextCarriers all, List<String> withWorkers) {
		WorkerLauncher launcher = this.launchers.getIfAvailable(JvmWorkerLauncher::new);
		String obstacle = launcher.obstacle();
		if (obstacle != null && !withWorkers.isEmpty()) {
			throw new UnavailableExecutorTypeException(withWorkers.get(0), ExecutorSpec.PROCESS,
					"runs tasks in worker JVMs that cannot be started from here. " + obstacle);
		}
		ProcessExecutorFactory.Builder builder = ProcessExecutorFactory.builder()
			.listener(listener)
			.carriers(all)
			.startAtOnce(false);
		this.setups.ifAvailable(builder::setupProvider);
		this.codecs.ifAvailable((codec) -> {
			if (!withWorkers.isEmpty()) {
				requireForWorkers(codec);
			}
			builder.codec(codec);
		});
		builder.launcher(launcher);
		this.redactors.ifAvailable(builder::redactor);
		return builder.build();
	}

	private static void requireForWorkers(PayloadCodec codec) {
		Class<?> type = codec.getClass();
		if (Arrays.stream(type.getDeclaredConstructors())
			.noneMatch((constructor) -> constructor.getParameterCount() == 0)) {
			throw new InvalidOffloadSettingsException(List.of("the PayloadCodec bean is of " + type.getName()
					+ ", which has no constructor without parameters, and each worker makes a codec of that class by it; "
					+ "add one"));
		}
	}

}
