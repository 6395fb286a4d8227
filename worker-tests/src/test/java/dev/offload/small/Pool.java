package dev.offload.small;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.WorkerSetupProvider;

/**
 * A pool of one worker of an application.
 */
final class Pool implements AutoCloseable {

	private final OffloadExecutor executor;

	Pool(ApplicationContext service, UnaryOperator<WorkerSpec.Builder> settings) {
		WorkerSpec worker = settings.apply(WorkerSpec.builder().context(WorkerContext.APPLICATION)).build();
		ExecutorSpec spec = ExecutorSpec.builder("small")
			.maxWorkers(1)
			.closeTimeout(Duration.ofSeconds(5))
			.worker(worker)
			.build();
		this.executor = ProcessExecutorFactory.builder()
			.setupProvider(service.getBean(WorkerSetupProvider.class))
			.build()
			.create(spec);
	}

	/**
	 * Calls the worker's teller.
	 * @param method the name of the method
	 * @param arguments its arguments
	 * @return the result
	 */
	@Nullable Object tell(String method, Object... arguments) throws Throwable {
		return call("teller", Teller.class, method, arguments);
	}

	/**
	 * Calls a bean of the worker.
	 * @param bean the name of the bean
	 * @param type its class in the service
	 * @param method the name of the method
	 * @param arguments its arguments
	 * @return the result
	 */
	@Nullable Object call(String bean, Class<?> type, String method, Object... arguments) throws Throwable {
		Method found = Arrays.stream(type.getDeclaredMethods())
			.filter((each) -> each.getName().equals(method))
			.findFirst()
			.orElseThrow();
		return this.executor.call(Invocation.onBean(bean, found, arguments), TaskOptions.DEFAULTS);
	}

	@Override
	public void close() {
		this.executor.close();
	}

}
