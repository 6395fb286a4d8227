package dev.offload;

import org.jspecify.annotations.Nullable;

/**
 * Options of a batch. Immutable.
 *
 * @param tasks the options of its tasks: the id of the batch, from which those of its
 * tasks are made, and the label, the limits and the priority that each task has
 * @param chunk how many items make one task; 0 to let the batch find out: it begins with
 * one item, and takes as many as run for about 10 milliseconds, or a tenth of the timeout
 * if that is less
 * @param ahead how many outcomes may wait for their reader before no more items are taken
 * from the source; 0 for no limit where the source is a collection, and for
 * {@value #DEFAULT_AHEAD} where it is not
 */
public record BatchOptions(TaskOptions tasks, int chunk, int ahead) {

	/**
	 * How many outcomes wait for their reader if the source is not a collection and the
	 * options do not say.
	 */
	public static final int DEFAULT_AHEAD = 16_384;

	/**
	 * The largest chunk.
	 */
	public static final int MAX_CHUNK = 1_000_000;

	/**
	 * Everything as the executor's settings say, with chunks as large as pays.
	 */
	public static final BatchOptions DEFAULTS = new BatchOptions(TaskOptions.DEFAULTS, 0, 0);

	public BatchOptions {
		if (chunk < 0 || chunk > MAX_CHUNK) {
			throw new IllegalArgumentException(
					"chunk must be from 1 to " + MAX_CHUNK + ", or 0 to let the batch find out, but is " + chunk);
		}
		if (ahead < 0) {
			throw new IllegalArgumentException("ahead must not be negative, but is " + ahead);
		}
	}

	/**
	 * Options with a number of items for each task.
	 * @param items how many items make one task
	 * @return the options
	 */
	public static BatchOptions chunksOf(int items) {
		return DEFAULTS.withChunk(items);
	}

	/**
	 * A copy with other options of its tasks.
	 * @param value the options; their id is that of the batch, their timeout is for each
	 * chunk
	 * @return the copy
	 */
	public BatchOptions withTasks(TaskOptions value) {
		return new BatchOptions(value, this.chunk, this.ahead);
	}

	/**
	 * A copy with another number of items for each task.
	 * @param items how many items make one task, 0 to let the batch find out
	 * @return the copy
	 */
	public BatchOptions withChunk(int items) {
		return new BatchOptions(this.tasks, items, this.ahead);
	}

	/**
	 * A copy with another limit on the outcomes that wait for their reader.
	 * @param outcomes how many may wait, 0 for the default
	 * @return the copy
	 */
	public BatchOptions withAhead(int outcomes) {
		return new BatchOptions(this.tasks, this.chunk, outcomes);
	}

	/**
	 * The id that was given to the batch.
	 * @return the id, or {@code null} if one is to be generated
	 */
	public @Nullable String id() {
		return this.tasks.id();
	}

}
