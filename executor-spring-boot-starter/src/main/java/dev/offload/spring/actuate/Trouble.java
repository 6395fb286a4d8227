package dev.offload.spring.actuate;

/**
 * Why an executor that takes tasks is worth a look all the same.
 */
enum Trouble {

	/** A worker died by itself, gave no sign of life or broke the protocol. */
	WORKERS_DIED,

	/** A worker could not be started. */
	WORKERS_NOT_STARTED,

	/** Tasks were refused for want of room or of workers. */
	TASKS_REFUSED,

	/** Most of the room for tasks was taken when its health was looked at. */
	NEARLY_FULL

}
