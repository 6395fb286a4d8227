package dev.offload.test.chaos;

import java.io.Serializable;

/**
 * What a task gives back.
 *
 * @param id the number of the task
 * @param payload what it was given
 */
record ChaosAnswer(long id, String payload) implements Serializable {

	boolean isOf(ChaosTask task) {
		return this.id == task.id() && this.payload.equals(task.payload());
	}

}
