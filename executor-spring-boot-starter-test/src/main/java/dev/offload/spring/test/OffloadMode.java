package dev.offload.spring.test;

/**
 * Where the tasks of a test run.
 */
public enum OffloadMode {

	/**
	 * On the thread of their caller, as with {@code offload.bypass}: quick, and what
	 * cannot be sent to a worker fails all the same.
	 */
	INLINE,

	/**
	 * Where the configuration says, which may be in real worker processes: one for each
	 * executor, started with its first task.
	 */
	PROCESS

}
