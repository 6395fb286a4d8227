package dev.offload.batch;

import dev.offload.TaskOptions;

/**
 * How a batch goes about it.
 *
 * @param tasks the options of its tasks, with the id of the batch
 * @param sizer says how large chunks are
 * @param window how many chunks the executor has at a time
 */
record BatchPlan(TaskOptions tasks, ChunkSizer sizer, int window) {

}
