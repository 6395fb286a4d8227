package dev.offload.spring.observation;

import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;

import dev.offload.TaskStatus;
import dev.offload.spi.TaskDescription;
import dev.offload.spring.Words;

/**
 * What is observed of a task where it runs: in a worker, or in a thread of the service.
 * Used by that thread only.
 */
public final class OffloadRunObservationContext extends ReceiverContext<Map<String, String>> {

	private final TaskDescription task;

	private String outcome = Words.of(TaskStatus.SUCCEEDED);

	OffloadRunObservationContext(TaskDescription task, Map<String, String> propagated) {
		super(Map::get, Kind.CONSUMER);
		this.task = task;
		setCarrier(propagated);
	}

	/**
	 * How the task is called.
	 * @return its executor, its id and its label
	 */
	public TaskDescription task() {
		return this.task;
	}

	/**
	 * How its run ended.
	 * @return {@code succeeded} or {@code failed}
	 */
	public String outcome() {
		return this.outcome;
	}

	void failed() {
		this.outcome = Words.of(TaskStatus.FAILED);
	}

}
