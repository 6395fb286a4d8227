package dev.offload.pool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.offload.WorkerDeath;

/**
 * What one worker logs, beside what it prints. Safe for use by many threads.
 */
final class WorkerLog {

	/** How long the end of a worker may be held up by what it logged before. */
	private static final int END_MILLIS = 100;

	private final StartedProcess process;

	private final CountDownLatch ended = new CountDownLatch(1);

	/** Written once, by the thread that reads it. */
	private volatile boolean begun;

	WorkerLog(StartedProcess process) {
		this.process = process;
	}

	void begun() {
		this.begun = true;
	}

	void ended() {
		this.ended.countDown();
	}

	/**
	 * Adds to the end of a worker what it logged last. Waits a little, for that may not
	 * be read yet.
	 * @param death how it ended
	 * @return the same with all of its last output
	 */
	WorkerDeath complete(WorkerDeath death) {
		if (!this.begun) {
			return death;
		}
		try {
			boolean unused = this.ended.await(END_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return new WorkerDeath(death.pid(), death.exitCode(), death.signal(), death.reason(), this.process.lastOutput(),
				death.errorFile(), death.errorSummary(), death.evidence());
	}

}
