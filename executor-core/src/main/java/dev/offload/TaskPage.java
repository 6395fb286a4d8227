package dev.offload;

import java.util.List;

/**
 * A part of the tasks that were asked for.
 *
 * @param tasks the tasks, the newest first
 * @param total how many there are in all
 */
public record TaskPage(List<TaskRecord> tasks, long total) {

	public TaskPage {
		tasks = List.copyOf(tasks);
	}

}
