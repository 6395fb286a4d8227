package dev.offload.test.chaos;

import java.time.Duration;

import dev.offload.Task;
import dev.offload.test.FaultTasks;

/**
 * One task of a load: notes that it runs, works, and gives back what it was given.
 *
 * @param id its number in the phase, from 0
 * @param log the directory of the {@link ExecutionLog}
 * @param work what it does
 * @param millis for how long
 * @param payload what it carries there and back
 */
record ChaosTask(long id, String log, Work work, int millis, String payload) implements Task<ChaosAnswer> {

	@Override
	public ChaosAnswer run() throws Exception {
		ExecutionLog.note(this.log, this.id);
		Duration time = Duration.ofMillis(this.millis);
		switch (this.work) {
			case SLEEP -> FaultTasks.sleep(time).run();
			case SPIN -> FaultTasks.spinFor(time).run();
			case USE_UP_HEAP -> FaultTasks.useUpHeap().run();
		}
		return new ChaosAnswer(this.id, this.payload);
	}

	/**
	 * What a task does.
	 */
	enum Work {

		/** Waits. */
		SLEEP,

		/** Keeps a processor busy. */
		SPIN,

		/** Ends its worker. */
		USE_UP_HEAP

	}

}
