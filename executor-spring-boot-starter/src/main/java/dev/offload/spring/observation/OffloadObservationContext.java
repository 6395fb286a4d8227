package dev.offload.spring.observation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

import dev.offload.TaskStatus;
import dev.offload.spi.TaskDescription;
import dev.offload.spring.Words;

/**
 * What is observed of a task in the service, from its submission to its end. What a
 * tracer puts into its carrier travels with the task.
 */
public final class OffloadObservationContext extends SenderContext<Map<String, String>> {

	static final String UNKNOWN = "unknown";

	private static final String REJECTED = "rejected";

	private final TaskDescription task;

	/** Written once, by the thread that ends the observation, before it does. */
	private volatile String outcome = UNKNOWN;

	OffloadObservationContext(TaskDescription task) {
		super((carrier, key, value) -> Objects.requireNonNull(carrier, "carrier").put(key, value), Kind.PRODUCER);
		this.task = task;
		setCarrier(new LinkedHashMap<>());
	}

	/**
	 * How the task is called.
	 * @return its executor, its id and its label
	 */
	public TaskDescription task() {
		return this.task;
	}

	/**
	 * How it ended, as a word for a tag.
	 * @return the status of the task in lower case with dashes, {@code rejected} if it
	 * was refused, {@code unknown} before its end
	 */
	public String outcome() {
		return this.outcome;
	}

	void rejected() {
		this.outcome = REJECTED;
	}

	void ended(TaskStatus status) {
		this.outcome = Words.of(status);
	}

	// What is to travel, for what the tracer has put there.
	Map<String, String> propagated() {
		@Nullable Map<String, String> carrier = getCarrier();
		return (carrier != null) ? carrier : Map.of();
	}

}
