package dev.offload.test.chaos;

import java.time.Duration;

/**
 * How long a chaos run takes, and what it promises.
 *
 * @param phase the time of each phase under load
 * @param soakTasks how many tasks the soak runs
 * @param runs how many runs are timed where limits and crashes are
 * @param promises what must hold
 */
record ChaosSettings(Duration phase, int soakTasks, int runs, Promises promises) {

	// Those of the system properties chaos.seconds, chaos.soak and chaos.runs.
	static ChaosSettings ofProperties() {
		return new ChaosSettings(Duration.ofSeconds(Integer.getInteger("chaos.seconds", 60)),
				Integer.getInteger("chaos.soak", 1_000_000), Integer.getInteger("chaos.runs", 50), Promises.STRICT);
	}

	/**
	 * What must hold where it depends on how busy the machine is. That no task is lost or
	 * runs twice, and that nothing is left behind, holds everywhere.
	 *
	 * @param longestPause the longest time without any task coming to its end
	 * @param successShare the share of tasks that succeed while a worker is killed four
	 * times a second
	 * @param killMillis how late a worker may be dead after limit and grace
	 */
	record Promises(Duration longestPause, double successShare, double killMillis) {

		/** Those of a machine that does nothing else. */
		static final Promises STRICT = new Promises(Duration.ofSeconds(2), 0.9, 20);

		/**
		 * Those of a machine on which others build: there a worker may be killed before
		 * its first task has had a processor.
		 */
		static final Promises GENEROUS = new Promises(Duration.ofSeconds(20), 0, 5_000);

	}

}
