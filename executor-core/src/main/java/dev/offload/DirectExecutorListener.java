package dev.offload;

/**
 * A listener that is called on the threads that do the work, at the moment when it
 * happens, by many of them at a time: it holds up the task, so it must be quick, must not
 * wait for anything and must not use an executor. For counters and the like.
 */
public interface DirectExecutorListener extends ExecutorListener {

}
