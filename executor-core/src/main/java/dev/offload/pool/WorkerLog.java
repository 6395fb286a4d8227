package dev.offload.pool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.offload.WorkerDeath;

/**
 * What one worker logs, beside what it prints. Safe for use by many threads.
 */
final class WorkerLog {

	/** How long the end of a worker may be held up by what it logged before. */
	private static final int END_MILLIS = 1000;

	/** How long its log is read on after its end while nothing comes. */
	private static final int QUIET_MILLIS = 5000;

	private final StartedProcess process;

	private final CountDownLatch ended = new CountDownLatch(1);

	/** Written once, by the thread that reads it. */
	private volatile @Nullable LogConnection connection;

	/** Written once, when the worker has ended. */
	private volatile boolean over;

	WorkerLog(StartedProcess process) {
		this.process = process;
	}

	void begun(LogConnection value) {
		this.connection = value;
		if (this.over) {
			value.closeWhenQuiet(QUIET_MILLIS);
		}
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
		this.over = true;
		LogConnection begun = this.connection;
		if (begun == null) {
			return death;
		}
		try {
			if (!this.ended.await(END_MILLIS, TimeUnit.MILLISECONDS)) {
				begun.closeWhenQuiet(QUIET_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			begun.closeWhenQuiet(QUIET_MILLIS);
			Thread.currentThread().interrupt();
		}
		return new WorkerDeath(death.pid(), death.exitCode(), death.signal(), death.reason(), this.process.lastOutput(),
				death.errorFile(), death.errorSummary(), death.evidence());
	}

}
