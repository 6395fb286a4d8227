package dev.offload.dispatch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.offload.ConcurrencyLimit;
import dev.offload.DuplicateTaskException;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.OffloadException;
import dev.offload.OverloadPolicy;
import dev.offload.PayloadException;
import dev.offload.QuarantinedException;
import dev.offload.RejectionReason;
import dev.offload.RetrySpec;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.spi.CarriedContext;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.Payload;
import dev.offload.spi.TaskDescription;
import dev.offload.spi.TaskDirectory;

/**
 * Takes tasks in: finds each a place, encodes it, and hands it to its lifecycle; or
 * rejects it, and gives back what it had. Safe for use by many threads.
 */
final class Intake {

	private final Restrictions restrictions;

	private final LimitsInForce limits;

	private final Ledger ledger;

	private final TaskLifecycle lifecycle;

	private final ExecutorBackend backend;

	private final TaskEvents events;

	private final ContextCarriers carriers;

	private final TaskDirectory directory;

	private final Submission.Caller waiting;

	private final Submission.Caller away;

	private final String name;

	private final TaskIds ids;

	Intake(Restrictions restrictions, Ledger ledger, TaskLifecycle lifecycle, ExecutorBackend backend,
			TaskEvents events, ContextCarriers carriers) {
		this.restrictions = restrictions;
		this.limits = restrictions.limits();
		this.ledger = ledger;
		this.lifecycle = lifecycle;
		this.backend = backend;
		this.events = events;
		this.carriers = carriers;
		this.directory = lifecycle.directory();
		this.waiting = new Submission.Caller(true, lifecycle.stops()::cancel);
		this.away = new Submission.Caller(false, lifecycle.stops()::cancel);
		this.name = this.limits.spec().name();
		this.ids = new TaskIds(this.name);
	}

	// The id of something that is no task of its own.
	String nextId() {
		return this.ids.prefix() + this.lifecycle.nextNumber();
	}

	// What comes before the number of a task in the id that is made for it.
	String idPrefix() {
		return this.ids.prefix();
	}

	// What belongs to this thread, to submit tasks with on others.
	ContextCarrier.Origin origin() {
		return this.carriers.origin();
	}

	// Accepts a task, and has it run on its caller where there is no place and the policy
	// says so.
	PendingTask accept(Work work, TaskOptions options, Manner manner) {
		long number = this.lifecycle.nextNumber();
		Submission submission = begin(number, work, options, manner);
		boolean place;
		TaskLuggage luggage;
		try {
			CarriedContext context = capture(submission);
			try {
				place = enter(submission, manner);
				luggage = place ? pack(submission, work, manner, context) : packForHere(submission, work, context);
			}
			catch (RuntimeException | Error ex) {
				context.rejected(ex);
				throw ex;
			}
		}
		catch (RuntimeException | Error ex) {
			refused(submission, ex);
			throw ex;
		}
		PendingTask task = new PendingTask(number, submission, work, terms(options), luggage);
		if (place) {
			this.lifecycle.dispatch(task, this.backend.ownSlot());
		}
		else {
			this.ledger.noRoom();
			this.ledger.acceptWithoutPlace();
			this.lifecycle.dispatch(task,
					new CallerSlot(this.lifecycle, new PlainWorkRunner(), manner == Manner.WAITED_FOR));
		}
		return task;
	}

	// Takes the id, which no other task has until this one has ended or was refused.
	private Submission begin(long number, Work work, TaskOptions options, Manner manner) {
		Submission submission = new Submission(this.name,
				(options.id() != null) ? options.id() : this.ids.prefix() + number,
				(options.label() != null) ? options.label() : work.label(), options,
				(manner == Manner.SUBMITTED) ? this.away : this.waiting);
		if (!this.directory.begin(submission)) {
			throw rejected(submission, new DuplicateTaskException(this.name, submission.id(),
					"Executor '" + this.name + "' refused " + submission
							+ ": a task of that id waits or runs. Wait for its end or cancel it, use another id, or "
							+ "give none to have one generated"));
		}
		return submission;
	}

	private void refused(Submission submission, Throwable failure) {
		submission.releasePlace();
		submission.end(TaskStatus.REJECTED, failure);
		this.directory.refused(submission);
	}

	private boolean enter(Submission submission, Manner manner) {
		try {
			requireAvailable();
			this.restrictions.enter(submission);
			boolean place = this.ledger.enter(submission, !waits(submission));
			passRate(submission, place, manner);
			return place;
		}
		catch (OffloadException ex) {
			throw rejected(submission, ex);
		}
	}

	// Last of all, so that one that is refused for another reason counts for nothing.
	private void passRate(Submission submission, boolean place, Manner manner) {
		boolean passed = false;
		try {
			// It may have waited for its place.
			submission.requireTime();
			this.restrictions.rate().pass(submission, manner == Manner.IN_BATCH, this.ledger::requireAdmission);
			passed = true;
		}
		finally {
			if (place && !passed) {
				this.ledger.leave();
			}
		}
	}

	// In the queue until there is room for it, which a caller's thread is not.
	private static boolean waits(Submission submission) {
		ConcurrencyLimit limit = submission.options().concurrency();
		return limit != null && limit.overload() == OverloadPolicy.WAIT;
	}

	private TaskLuggage pack(Submission submission, Work work, Manner manner, CarriedContext context) {
		StagedWork staged = null;
		try {
			staged = this.backend.stage(work, manner != Manner.IN_BATCH);
			Payload payload = encode((staged != null) ? staged.work() : work, submission.options(), manner);
			this.lifecycle.quarantine().require(submission, work, payload);
			this.ledger.accept(submission, size(payload));
			Thread caller = (manner == Manner.WAITED_FOR) ? Callers.current() : null;
			return new TaskLuggage(payload, context, caller, (staged != null) ? staged.release() : null);
		}
		catch (OffloadException ex) {
			unpack(staged);
			throw rejected(submission, ex);
		}
		catch (RuntimeException | Error ex) {
			unpack(staged);
			throw ex;
		}
	}

	// It needs no encoded form; but what crashes workers would crash the service.
	private TaskLuggage packForHere(Submission submission, Work work, CarriedContext context) {
		try {
			this.lifecycle.quarantine().require(submission, work, () -> encodeToCompare(work));
			return new TaskLuggage(null, context, null, null);
		}
		catch (OffloadException ex) {
			throw rejected(submission, ex);
		}
	}

	// What cannot be sent has crashed no worker.
	private @Nullable Payload encodeToCompare(Work work) {
		try {
			return this.backend.encode(work);
		}
		catch (PayloadException ex) {
			return null;
		}
	}

	private void unpack(@Nullable StagedWork staged) {
		if (staged != null) {
			staged.release().run();
		}
		this.ledger.leave();
	}

	/**
	 * As accept, but without waiting for room, and without a place on the caller's
	 * thread. Nobody hears of the task before it is accepted, for it is tried again; so
	 * no streams are read, which could be read only once.
	 * @param work the work
	 * @param options its options
	 * @param whenRoom run once when there may be room again
	 * @return the task, {@code null} if there is no room
	 */
	@Nullable PendingTask acceptIfRoom(Work work, TaskOptions options, Runnable whenRoom) {
		long number = this.lifecycle.nextNumber();
		Submission submission = begin(number, work, options, Manner.IN_BATCH);
		Runnable call = RoomCall.of(submission, whenRoom);
		Payload payload;
		try {
			if (!enterIfRoom(submission, call)) {
				forget(submission, call);
				return null;
			}
			payload = encodeInBatch(submission, work);
			if (!this.ledger.acceptIfRoom(size(payload), call)) {
				forget(submission, call);
				this.ledger.noRoom();
				return null;
			}
		}
		catch (RuntimeException | Error ex) {
			refused(submission, ex);
			throw ex;
		}
		PendingTask task = new PendingTask(number, submission, work, terms(options),
				new TaskLuggage(payload, capture(submission), null, null));
		this.lifecycle.dispatch(task, this.backend.ownSlot());
		return task;
	}

	private @Nullable Payload encodeInBatch(Submission submission, Work work) {
		try {
			// What only names files has none to be removed.
			StagedWork staged = this.backend.stage(work, false);
			Payload payload = encode((staged != null) ? staged.work() : work, submission.options(), Manner.IN_BATCH);
			this.lifecycle.quarantine().require(submission, work, payload);
			return payload;
		}
		catch (OffloadException ex) {
			this.ledger.leave();
			throw rejected(submission, ex);
		}
		catch (RuntimeException | Error ex) {
			this.ledger.leave();
			throw ex;
		}
	}

	// It comes again when there may be room, or at its deadline to be refused.
	private void forget(Submission submission, Runnable call) {
		submission.releasePlace();
		this.directory.leave(submission);
		this.restrictions.endWaitAtDeadline(submission, call);
	}

	private boolean enterIfRoom(Submission submission, Runnable whenRoom) {
		try {
			requireAvailable();
			if (!this.restrictions.enterIfRoom(submission, whenRoom)) {
				return false;
			}
			if (!this.ledger.enterIfRoom(whenRoom)) {
				this.ledger.noRoom();
				return false;
			}
			boolean passed = this.restrictions.rate().passIfRoom(whenRoom, this::isOpen);
			if (!passed) {
				this.ledger.leave();
			}
			return passed;
		}
		catch (OffloadException ex) {
			throw rejected(submission, ex);
		}
	}

	private void requireAvailable() {
		if (isOpen()) {
			this.backend.requireAvailable();
		}
	}

	private boolean isOpen() {
		return this.ledger.state() == ExecutorState.OPEN;
	}

	// What is attached stays the caller's where it waits until the task has ended, or has
	// handed it over.
	private @Nullable Payload encode(Work work, TaskOptions options, Manner manner) {
		Payload payload = this.backend.encode(work);
		boolean shared = manner == Manner.WAITED_FOR || options.handOver();
		return (payload == null || shared) ? payload : payload.detached();
	}

	private static long size(@Nullable Payload payload) {
		return (payload != null) ? payload.size() : 0;
	}

	private CarriedContext capture(Submission submission) {
		return this.carriers.capture(new TaskDescription(this.name, submission.id(), submission.label()));
	}

	private OffloadException rejected(Submission submission, OffloadException failure) {
		RejectionReason reason = RejectionReason.NO_WORKER;
		if (failure instanceof ExecutorOverloadException overload) {
			reason = overload.reason();
		}
		else if (failure instanceof ExecutorClosedException) {
			reason = RejectionReason.CLOSED;
		}
		else if (failure instanceof TaskDeadlineException) {
			reason = RejectionReason.DEADLINE;
		}
		else if (failure instanceof QuarantinedException) {
			reason = RejectionReason.QUARANTINED;
		}
		else if (failure instanceof PayloadException) {
			reason = RejectionReason.PAYLOAD;
		}
		else if (failure instanceof DuplicateTaskException) {
			reason = RejectionReason.DUPLICATE_ID;
		}
		this.ledger.rejected(reason);
		if (reason == RejectionReason.MAX_PENDING || reason == RejectionReason.MAX_PENDING_BYTES) {
			this.ledger.noRoom();
		}
		this.events.rejected(submission, reason, failure);
		return failure;
	}

	private TaskTerms terms(TaskOptions options) {
		ExecutorSpec now = this.limits.spec();
		Duration timeout = (options.timeout() != null) ? options.timeout() : now.timeout();
		Duration queueTimeout = (options.queueTimeout() != null) ? options.queueTimeout() : now.queueTimeout();
		RetrySpec retry = (options.retry() != null) ? options.retry() : now.retry();
		return new TaskTerms(this.backend.limitsTime() ? timeout : Duration.ZERO, queueTimeout, now.killGrace(),
				options.priority(), retry.isNone() ? null : retry);
	}

	/**
	 * What the caller does once its task is accepted.
	 */
	enum Manner {

		/** It waits for the outcome. */
		WAITED_FOR,

		/** It goes on. */
		SUBMITTED,

		/** It goes on, and others submit what comes after this task. */
		IN_BATCH

	}

}
