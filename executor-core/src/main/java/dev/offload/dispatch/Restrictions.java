package dev.offload.dispatch;

import java.time.Instant;

import dev.offload.TaskDeadlineException;
import dev.offload.TaskTimeoutException;

/**
 * What may keep a task out beside the places of the ledger: limits on its kind, its own
 * deadline, and the rate of the executor. Safe for use by many threads.
 */
final class Restrictions {

	private final LimitsInForce limits;

	private final KindPlaces kinds;

	private final RateGate rate;

	Restrictions(LimitsInForce limits, RateGate rate) {
		this.limits = limits;
		this.kinds = new KindPlaces(limits.spec().name());
		this.rate = rate;
	}

	LimitsInForce limits() {
		return this.limits;
	}

	RateGate rate() {
		return this.rate;
	}

	/**
	 * Takes what a submission needs.
	 * @param submission the submission
	 */
	void enter(Submission submission) {
		requireTime(submission);
		submission.keep(this.kinds.take(submission.options()));
	}

	/**
	 * Takes what a submission needs if it can be had now.
	 * @param submission the submission
	 * @param whenRoom run once when it may be had, if it cannot
	 * @return whether it was had
	 */
	boolean enterIfRoom(Submission submission, Runnable whenRoom) {
		KindPlace place = this.kinds.takeIfRoom(submission.options(), whenRoom);
		if (place == null) {
			return false;
		}
		submission.keep(place);
		return true;
	}

	private void requireTime(Submission submission) {
		Instant deadline = submission.options().deadline();
		if (deadline != null && submission.nanosLeft() <= 0) {
			String executor = this.limits.spec().name();
			throw new TaskDeadlineException(new TaskTimeoutException(executor, submission.id(), submission.timeGiven(),
					-1, "Executor '" + executor + "': " + submission + " was refused: its deadline " + deadline
							+ " had passed when it was submitted. Give it more time",
					null), deadline);
		}
	}

	// Who waits hears that the executor takes no more tasks.
	void closing() {
		this.kinds.tellAll();
		this.rate.closing();
	}

}
