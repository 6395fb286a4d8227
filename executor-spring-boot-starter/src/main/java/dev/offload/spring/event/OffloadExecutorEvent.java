package dev.offload.spring.event;

import dev.offload.ExecutorState;
import dev.offload.WorkerEvent;

/**
 * Something has happened to an executor or its workers.
 */
public sealed interface OffloadExecutorEvent {

	/**
	 * Which executor.
	 * @return its name
	 */
	String executor();

	/**
	 * An executor was made, or takes no more tasks, or has closed.
	 *
	 * @param executor the name of the executor
	 * @param state where it stands now
	 */
	record StateChanged(String executor, ExecutorState state) implements OffloadExecutorEvent {
	}

	/**
	 * An executor was paused or resumed.
	 *
	 * @param executor the name of the executor
	 * @param paused whether accepted tasks wait until it is resumed
	 */
	record Paused(String executor, boolean paused) implements OffloadExecutorEvent {
	}

	/**
	 * An executor had no room for a task, or has room again.
	 *
	 * @param executor the name of the executor
	 * @param saturated whether it has no room
	 */
	record Saturated(String executor, boolean saturated) implements OffloadExecutorEvent {
	}

	/**
	 * A worker was started, is ready or has ended.
	 *
	 * @param worker the worker
	 */
	record WorkerChanged(WorkerEvent worker) implements OffloadExecutorEvent {

		@Override
		public String executor() {
			return this.worker.executor();
		}

	}

	/**
	 * Events were dropped, for the listeners are slower than they come.
	 *
	 * @param executor the name of the executor
	 * @param count how many since the last that was published
	 */
	record EventsDropped(String executor, long count) implements OffloadExecutorEvent {
	}

}
