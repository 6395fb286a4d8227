package dev.offload;

import java.time.Instant;

/**
 * What is wrong with the store of tasks. Tasks go on all the same.
 *
 * @param since when it began
 * @param error what is wrong, as it was told last, in a line
 */
public record TaskStoreTrouble(Instant since, String error) {

	/**
	 * The same trouble, told of once more.
	 * @param later what is wrong now
	 * @return since when, and what is wrong now
	 */
	public TaskStoreTrouble with(String later) {
		return new TaskStoreTrouble(this.since, later);
	}

}
