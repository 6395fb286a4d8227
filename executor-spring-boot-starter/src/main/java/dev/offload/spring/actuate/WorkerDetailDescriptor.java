package dev.offload.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A worker process by itself, as the endpoint shows it.
 *
 * @param executor the name of its executor
 * @param worker the worker
 * @param threadDump the stacks of its threads; left out where they were not asked for or
 * could not be had
 * @param threadDumpFailure why the stacks could not be had; left out otherwise
 */
public record WorkerDetailDescriptor(String executor, WorkerDescriptor worker, @Nullable String threadDump,
		@Nullable String threadDumpFailure) implements OperationResponseBody {
}
