package dev.offload.spring.observation;

import io.micrometer.common.KeyValues;

import dev.offload.spi.TaskDescription;

/**
 * The values that observations of tasks have.
 */
final class TaskKeyValues {

	private TaskKeyValues() {
	}

	static KeyValues low(TaskDescription task, String outcome) {
		return KeyValues.of("executor", task.executor(), "outcome", outcome);
	}

	static KeyValues high(TaskDescription task) {
		return KeyValues.of("task.id", task.id(), "task.label", task.label());
	}

}
