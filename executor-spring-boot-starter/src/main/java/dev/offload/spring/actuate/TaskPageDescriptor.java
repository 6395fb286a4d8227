package dev.offload.spring.actuate;

import java.util.List;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Some of the tasks, the newest first.
 *
 * @param total how many there are of those asked for
 * @param storeFailures how often the store failed to keep a task
 * @param tasks those of the page
 */
public record TaskPageDescriptor(long total, long storeFailures,
		List<TaskDescriptor> tasks) implements OperationResponseBody {
}
