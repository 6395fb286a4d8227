package dev.offload.spring.actuate;

import java.util.Arrays;
import java.util.stream.Collectors;

import dev.offload.spring.Words;

/**
 * What the endpoint can have an executor do.
 */
enum ExecutorAction {

	/** Changes its limits. */
	RESIZE("maxWorkers, minWorkers, spareWorkers, maxPending, maxPendingBytes, overloadWait, rateLimit, rateLimitPeriod, "
			+ "queueTimeout, timeout, killGrace, idleTimeout"),

	/** Lets accepted tasks wait. */
	PAUSE(""),

	/** Runs them again. */
	RESUME(""),

	/** Takes no more tasks, for good. */
	DRAIN(""),

	/** Replaces its workers, or one of them. */
	RECYCLE("worker"),

	/** Cancels a task. */
	CANCEL("task"),

	/** Lets work in again that is in quarantine. */
	RELEASE("key");

	/** With commas between them. */
	private final String parameters;

	ExecutorAction(String parameters) {
		this.parameters = parameters;
	}

	// The parameters that it may have, as a text.
	String parameters() {
		return this.parameters;
	}

	String word() {
		return Words.of(this);
	}

	static ExecutorAction of(String word) {
		return Arrays.stream(values())
			.filter((action) -> action.word().equals(word))
			.findFirst()
			.orElseThrow(() -> Refusal.of("There is no action '" + word + "'; there are " + words()));
	}

	static String words() {
		return Arrays.stream(values()).map(ExecutorAction::word).collect(Collectors.joining(", "));
	}

}
