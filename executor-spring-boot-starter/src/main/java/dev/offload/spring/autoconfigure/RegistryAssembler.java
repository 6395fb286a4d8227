package dev.offload.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

import dev.offload.ExecutorListener;
import dev.offload.local.LocalExecutorFactories;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.registry.StandardExecutorRegistry;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.WorkerCommandCustomizer;
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

	private final ObjectProvider<WorkerCommandCustomizer> commandCustomizers;

	/** Written once, when the registry is put together. */
	private volatile @Nullable ProcessExecutorFactory processes;

	RegistryAssembler(ObjectProvider<ExecutorFactory> factories, ObjectProvider<ExecutorListener> listeners,
			ObjectProvider<WorkerSetupProvider> setups, ObjectProvider<PayloadCodec> codecs,
			ObjectProvider<WorkerLauncher> launchers, ObjectProvider<OutputRedactor> redactors,
			ObjectProvider<WorkerCommandCustomizer> commandCustomizers) {
		this.factories = factories;
		this.listeners = listeners;
		this.setups = setups;
		this.codecs = codecs;
		this.launchers = launchers;
		this.redactors = redactors;
		this.commandCustomizers = commandCustomizers;
	}

	StandardExecutorRegistry assemble() {
		ExecutorListener listener = new CompositeExecutorListener(this.listeners.orderedStream().toList());
		Map<String, ExecutorFactory> byType = new LinkedHashMap<>();
		this.factories.orderedStream().forEach((factory) -> byType.putIfAbsent(factory.type(), factory));
		LocalExecutorFactories.all(listener).forEach((factory) -> byType.putIfAbsent(factory.type(), factory));
		ExecutorFactory process = processes(listener);
		byType.putIfAbsent(process.type(), process);
		StandardExecutorRegistry.Builder builder = StandardExecutorRegistry.builder();
		byType.values().forEach(builder::factory);
		return builder.build();
	}

	/**
	 * How much memory all workers of an executor may take.
	 * @param executor the name of the executor
	 * @return the bytes, or empty if that is not known or it has no worker processes
	 */
	OptionalLong workerMemory(String executor) {
		ProcessExecutorFactory made = this.processes;
		return (made != null) ? made.workerMemory(executor) : OptionalLong.empty();
	}

	private ExecutorFactory processes(ExecutorListener listener) {
		ProcessExecutorFactory.Builder builder = ProcessExecutorFactory.builder().listener(listener).startAtOnce(false);
		this.setups.ifAvailable(builder::setupProvider);
		this.codecs.ifAvailable(builder::codec);
		this.launchers.ifAvailable(builder::launcher);
		builder.redactor(new CompositeOutputRedactor(this.redactors.orderedStream().toList()));
		builder.commandCustomizers(this.commandCustomizers.orderedStream().toList());
		ProcessExecutorFactory made = builder.build();
		this.processes = made;
		return made;
	}

}
