package dev.offload.benchmarks.row;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.WorkerSpec;
import dev.offload.WorkerTransport;
import dev.offload.benchmarks.run.Operation;
import dev.offload.registry.StandardExecutorRegistry;

/**
 * One executor with two workers, and everything else by default.
 */
final class Pool implements AutoCloseable {

	static final int WORKERS = 2;

	private static final long HEAP = 1L << 30;

	private final StandardExecutorRegistry registry = StandardExecutorRegistry.create();

	private final OffloadExecutor executor;

	Pool(String type) {
		this(type, (spec) -> spec);
	}

	Pool(String type, UnaryOperator<ExecutorSpec.Builder> settings) {
		ExecutorSpec.Builder spec = ExecutorSpec.builder("bench").type(type).maxWorkers(WORKERS);
		if (type.equals(ExecutorSpec.PROCESS)) {
			spec.minWorkers(WORKERS).worker(WorkerSpec.builder().heapBytes(HEAP).build());
		}
		this.executor = this.registry.getOrCreate(settings.apply(spec).build());
	}

	static Pool ofProcesses() {
		return new Pool(ExecutorSpec.PROCESS);
	}

	static Pool reachedBy(WorkerTransport transport) {
		return new Pool(ExecutorSpec.PROCESS,
				(spec) -> spec.worker(WorkerSpec.builder().heapBytes(HEAP).transport(transport).build()));
	}

	OffloadExecutor executor() {
		return this.executor;
	}

	@Nullable Object call(Invocation invocation) throws Throwable {
		return this.executor.call(invocation, TaskOptions.DEFAULTS);
	}

	// The same for those who know nothing of errors.
	void callOnce(Invocation invocation) throws Exception {
		Operation call = () -> call(invocation);
		call.once();
	}

	CompletableFuture<?> submit(Invocation invocation) {
		return this.executor.submit(invocation, TaskOptions.DEFAULTS).future();
	}

	@Override
	public void close() {
		this.registry.close();
	}

}
