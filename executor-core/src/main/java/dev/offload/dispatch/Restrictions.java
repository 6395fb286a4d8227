package dev.offload.dispatch;

/**
 * What may keep a task out beside the places of the ledger: limits on its kind, its own
 * deadline, and the rate of the executor. Safe for use by many threads.
 */
final class Restrictions {

	private final LimitsInForce limits;

	private final KindPlaces kinds;

	private final RateGate rate;

	private final Deadlines deadlines;

	Restrictions(LimitsInForce limits, RateGate rate, Deadlines deadlines) {
		this.limits = limits;
		this.kinds = new KindPlaces(limits.spec().name());
		this.rate = rate;
		this.deadlines = deadlines;
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
		submission.requireTime();
		submission.keep(this.kinds.take(submission.options()));
	}

	/**
	 * Takes what a submission needs if it can be had now.
	 * @param submission the submission
	 * @param whenRoom run once when it may be had, if it cannot
	 * @return whether it was had
	 */
	boolean enterIfRoom(Submission submission, Runnable whenRoom) {
		submission.requireTime();
		KindPlace place = this.kinds.takeIfRoom(submission.options(), whenRoom);
		if (place == null) {
			return false;
		}
		submission.keep(place);
		return true;
	}

	/**
	 * Tells who waits for room at the deadline of a submission, if it has one.
	 * @param submission the submission
	 * @param call tells them
	 */
	void endWaitAtDeadline(Submission submission, Runnable call) {
		if (call instanceof RoomCall once) {
			once.endBy(this.deadlines, submission.nanosLeft());
		}
	}

	// Who waits hears that the executor takes no more tasks.
	void closing() {
		this.kinds.tellAll();
		this.rate.closing();
	}

}
