package dev.offload.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerSnapshot;

/**
 * Shows the worker processes by their process ids, with the stacks of their threads, and
 * replaces them.
 */
@Endpoint(id = "executorworkers")
public final class ExecutorWorkersEndpoint {

	/** An executor gives up by itself a little earlier, and says why. */
	private static final long DUMP_SECONDS = 6;

	private final ExecutorRegistry registry;

	/**
	 * Creates one.
	 * @param registry the executors whose workers to show
	 */
	public ExecutorWorkersEndpoint(ExecutorRegistry registry) {
		this.registry = registry;
	}

	/**
	 * The workers of all executors.
	 * @return the workers by the names of their executors; executors without any are left
	 * out
	 */
	@ReadOperation
	public Map<String, List<WorkerDescriptor>> workers() {
		Map<String, List<WorkerDescriptor>> workers = new LinkedHashMap<>();
		this.registry.executors().forEach((name, executor) -> {
			List<WorkerSnapshot> snapshots = executor.snapshot().workers();
			if (!snapshots.isEmpty()) {
				workers.put(name, snapshots.stream().map(WorkerDescriptor::of).toList());
			}
		});
		return OperationResponseBody.of(workers);
	}

	/**
	 * One worker, with the stacks of its threads. Takes some seconds if the worker does
	 * not answer.
	 * @param pid its process id
	 * @return the worker
	 */
	@ReadOperation
	public WorkerDetailDescriptor worker(@Selector long pid) {
		Found found = find(pid);
		try {
			return found.withDump(found.executor()
				.operations()
				.threadDump(found.worker().number())
				.get(DUMP_SECONDS, TimeUnit.SECONDS));
		}
		catch (ExecutionException ex) {
			return found.withoutDump(String.valueOf(Objects.requireNonNullElse(ex.getCause(), ex).getMessage()));
		}
		catch (UnsupportedOperationException ex) {
			return found.withoutDump(String.valueOf(ex.getMessage()));
		}
		catch (TimeoutException ex) {
			return found.withoutDump("It has told no stacks of its threads within " + DUMP_SECONDS + " s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return found.withoutDump("The request was interrupted");
		}
	}

	/**
	 * Has a worker replaced: it goes on until its replacement is ready, and ends after
	 * the tasks that it runs then. Does not wait for that.
	 * @param pid its process id
	 * @return the worker, without the stacks of its threads
	 */
	@DeleteOperation
	public WorkerDetailDescriptor recycle(@Selector long pid) {
		Found found = find(pid);
		new ExecutorCommand(ExecutorAction.RECYCLE, ExecutorCommand.Parameters.ofWorker(found.worker().number()))
			.performOn(found.executor());
		return found.withoutDump(null);
	}

	private Found find(long pid) {
		for (OffloadExecutor executor : this.registry.executors().values()) {
			for (WorkerSnapshot worker : executor.snapshot().workers()) {
				if (worker.pid() == pid && pid > 0) {
					return new Found(executor, worker);
				}
			}
		}
		throw Refusal.notFound("No executor has a worker with the process id " + pid);
	}

	/**
	 * A worker and its executor.
	 *
	 * @param executor the executor
	 * @param worker the worker
	 */
	private record Found(OffloadExecutor executor, WorkerSnapshot worker) {

		WorkerDetailDescriptor withDump(String dump) {
			return new WorkerDetailDescriptor(this.executor.name(), WorkerDescriptor.of(this.worker), dump, null);
		}

		WorkerDetailDescriptor withoutDump(@Nullable String reason) {
			return new WorkerDetailDescriptor(this.executor.name(), WorkerDescriptor.of(this.worker), null, reason);
		}

	}

}
