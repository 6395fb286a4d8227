package dev.offload.worker;

/**
 * What the slots of a worker share.
 *
 * @param running the tasks that run
 * @param progress tells how far tasks are
 * @param streams the streams of those that give one
 * @param ids what comes before the number of a task in its id
 */
record SlotTools(RunningTasks running, ProgressSender progress, OpenStreams streams, String ids) {
}
