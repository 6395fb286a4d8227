package dev.offload.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.offload.CompositeExecutorListener;
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
import dev.offload.spi.TaskStore;
import dev.offload.spi.WorkerCommandCustomizer;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerSetupProvider;

/**
 * Puts a registry together from the beans of the application. Its factories go before
 * those that come with Offload.
 */
final class RegistryAssembler {

	private final ListableBeanFactory beans;

	/** Written once, when the registry is put together. */
	private volatile @Nullable ProcessExecutorFactory processes;

	RegistryAssembler(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Puts the registry together.
	 * @param withWorkers the names of the executors that will need worker processes
	 * @param codec encodes for executors that name no codec
	 * @param keepsTasks whether tasks are kept after their end
	 * @return the registry, with no executors yet
	 * @throws UnavailableExecutorTypeException if there can be no worker processes
	 */
	StandardExecutorRegistry assemble(List<String> withWorkers, PayloadCodec codec, boolean keepsTasks) {
		ExecutorListener listener = new CompositeExecutorListener(all(ExecutorListener.class));
		ContextCarriers carriers = ContextCarriers.of(all(ContextCarrier.class));
		Map<String, ExecutorFactory> byType = new LinkedHashMap<>();
		all(ExecutorFactory.class).forEach((factory) -> byType.putIfAbsent(factory.type(), factory));
		LocalExecutorFactories.all(listener, carriers, codec)
			.forEach((factory) -> byType.putIfAbsent(factory.type(), factory));
		if (!byType.containsKey(ExecutorSpec.PROCESS)) {
			byType.put(ExecutorSpec.PROCESS, processes(listener, carriers, withWorkers, codec));
		}
		StandardExecutorRegistry.Builder builder = StandardExecutorRegistry.builder();
		byType.values().forEach(builder::factory);
		builder.store(keepsTasks ? this.beans.getBeanProvider(TaskStore.class).getIfAvailable() : null);
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

	private ExecutorFactory processes(ExecutorListener listener, ContextCarriers carriers, List<String> withWorkers,
			PayloadCodec codec) {
		WorkerLauncher launcher = this.beans.getBeanProvider(WorkerLauncher.class)
			.getIfAvailable(JvmWorkerLauncher::new);
		String obstacle = launcher.obstacle();
		if (obstacle != null && !withWorkers.isEmpty()) {
			throw new UnavailableExecutorTypeException(withWorkers.get(0), ExecutorSpec.PROCESS,
					"runs tasks in worker JVMs that cannot be started from here. " + obstacle);
		}
		ProcessExecutorFactory.Builder builder = ProcessExecutorFactory.builder()
			.listener(listener)
			.carriers(carriers)
			.redactor(new CompositeOutputRedactor(all(OutputRedactor.class)))
			.commandCustomizers(all(WorkerCommandCustomizer.class))
			.codec(codec)
			.startAtOnce(false);
		this.beans.getBeanProvider(WorkerSetupProvider.class).ifAvailable(builder::setupProvider);
		ProcessExecutorFactory made = builder.launcher(launcher).build();
		this.processes = made;
		return made;
	}

	private <T> List<T> all(Class<T> type) {
		return this.beans.getBeanProvider(type).orderedStream().toList();
	}

}
