package dev.offload.dispatch;

/**
 * The work of a task, some of which is in files.
 *
 * @param work what is to be encoded
 * @param release removes the files, when the task needs them no more; may be run again
 */
public record StagedWork(Work work, Runnable release) {
}
