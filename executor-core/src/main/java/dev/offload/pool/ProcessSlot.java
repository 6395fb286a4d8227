package dev.offload.pool;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.OffloadException;
import dev.offload.TaskStatus;
import dev.offload.dispatch.Outcome;
import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.Slot;
import dev.offload.dispatch.SlotListener;
import dev.offload.dispatch.StopReason;
import dev.offload.dispatch.StreamBuffer;
import dev.offload.dispatch.Submission;
import dev.offload.pool.MethodTable.KnownMethod;
import dev.offload.protocol.Attempt;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.Message.Failed;
import dev.offload.protocol.Message.Items;
import dev.offload.protocol.Message.Progress;
import dev.offload.protocol.MethodNumber;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;
import dev.offload.transport.Connection;
import dev.offload.transport.UnsentException;

/**
 * One connection of a worker, on which it runs one task at a time. Whoever takes the
 * current task out of it, in one step, is the one to end it: the reader with the answer,
 * the killer, or the end of the worker.
 */
final class ProcessSlot implements Slot {

	private static final Logger logger = LoggerFactory.getLogger(ProcessSlot.class);

	private final Worker worker;

	private final int number;

	private final Connection connection;

	private final SlotListener listener;

	private final SlotEvents events;

	private final TaskResults results;

	private final AtomicReference<@Nullable PendingTask> current = new AtomicReference<>();

	/**
	 * Set before the current task is taken out to be killed: its answer may still come.
	 */
	private volatile boolean killing;

	/**
	 * The methods whose definitions were sent. Used by the thread that hands over, before
	 * the task is the current one.
	 */
	private final BitSet defined = new BitSet();

	/** Written by the reader before it reads. */
	private volatile long maxBytes;

	private final ReadingTurn turn = new ReadingTurn(() -> this.current.get() != null, ReadingTurn.REST_NANOS);

	/** Used by whoever reads. */
	private final ProgressReports reports;

	/** Written by the caller that has the turn: what it leaves to the reader. */
	private volatile @Nullable Runnable left;

	private volatile boolean parked;

	/** Its task goes on though it was interrupted a while ago. */
	private volatile boolean overdue;

	ProcessSlot(Worker worker, int number, Connection connection, SlotListener listener, SlotEvents events,
			TaskResults results) {
		this.worker = worker;
		this.number = number;
		this.connection = connection;
		this.listener = listener;
		this.events = events;
		this.results = results;
		this.reports = new ProgressReports(listener, System::nanoTime);
	}

	@Override
	public void start(PendingTask task) {
		// Before others can take the task out, who drop it.
		Payload payload = task.payload();
		if (payload == null || task.isSettled()) {
			endUnsent(task);
			return;
		}
		Map<String, String> context = task.context().entries();
		KnownMethod method = this.results.methodOf(task.work());
		openStream(task);
		this.current.set(task);
		// Whoever settled it a moment ago did not find it here.
		if (task.isSettled() && this.current.compareAndSet(task, null)) {
			endUnsent(task);
			return;
		}
		this.events.taskTaken(this.worker);
		interruptIfStopped(task);
		try {
			send(task, new Execute(task.number(), attempt(task), context, number(method), payload));
		}
		catch (RuntimeException | Error ex) {
			// Its worker has some of it, or nothing, and the slot would be taken for
			// ever.
			logger.error("{}: sending {} failed", this.worker, task, ex);
			this.events.connectionLost(this.worker, new IOException("Sending " + task + " failed", ex));
		}
	}

	private void send(PendingTask task, Execute message) {
		try {
			this.connection.send(message);
			task.dropPayload();
			if (!task.isOfThisCaller()) {
				this.turn.callReader();
			}
		}
		catch (UnsentException ex) {
			boolean mine = this.current.compareAndSet(task, null);
			this.events.connectionLost(this.worker, ex);
			if (mine) {
				this.listener.unsent(task);
			}
		}
		catch (IOException ex) {
			this.events.connectionLost(this.worker, ex);
		}
	}

	// One that is to stop within a grace, and was not settled for that.
	private void interruptIfStopped(PendingTask task) {
		StopReason reason = task.stopReason();
		if (reason != null) {
			interrupt(task, reason);
		}
	}

	// It was cancelled between the queue and its worker, which is not to run it.
	private void endUnsent(PendingTask task) {
		this.listener.ended(this, task, Outcome.failure(TaskStatus.CANCELLED, new CancellationException(
				"Executor '" + this.worker.executor() + "': " + task + " was cancelled before it was sent")));
		this.events.offered(this.worker, this);
	}

	private void openStream(PendingTask task) {
		StreamBuffer buffer = task.work().buffer();
		if (buffer != null) {
			buffer.onTaken((bytes) -> taken(task, bytes));
		}
	}

	// The last that is said counts, and a worker that waits for it must hear it.
	private void taken(PendingTask task, long bytes) {
		if (this.current.get() == task && !this.worker.control().taken(task, bytes)) {
			this.events.later(() -> taken(task, bytes));
		}
	}

	// A first attempt whose id was made of its number has that in the head of the frame.
	private static Attempt attempt(PendingTask task) {
		Submission submission = task.submission();
		int number = submission.attempts();
		String id = (submission.options().id() != null || number > 1) ? submission.id() : null;
		long millis = task.millisLeft();
		boolean streamed = task.work().buffer() != null;
		return (id == null && millis < 0 && !streamed) ? Attempt.FIRST : new Attempt(id, number, millis, streamed);
	}

	// With its definition the first time. If that is not written, nothing more is.
	private @Nullable MethodNumber number(@Nullable KnownMethod method) {
		if (method == null) {
			return null;
		}
		boolean defined = this.defined.get(method.number());
		this.defined.set(method.number());
		return new MethodNumber(method.number(), defined ? null : method.definition());
	}

	/**
	 * Reads answers until the connection ends, on the thread that is its own.
	 * @param maxBytes the most bytes of an answer
	 */
	void readAnswers(long maxBytes) {
		this.maxBytes = maxBytes;
		try {
			while (true) {
				Message message = this.connection.receive(maxBytes);
				if (!isBeforeTheAnswer(message) && answered(message, true) && this.current.get() == null) {
					this.turn.rest();
					doWhatIsLeft();
				}
			}
		}
		catch (IOException ex) {
			this.events.connectionLost(this.worker, ex);
		}
		catch (RuntimeException | Error ex) {
			failed(ex, null);
			throw ex;
		}
	}

	// Something went wrong that should not, such as having no memory: the worker ends,
	// and with it the task that it still has. One that was taken out has nobody else to
	// settle it.
	private void failed(Throwable failure, @Nullable PendingTask task) {
		this.events.connectionLost(this.worker, new IOException("Reading an answer failed", failure));
		if (task != null && this.current.get() != task && !task.isSettled()) {
			this.listener.lost(task, Outcome.failure(TaskStatus.CRASHED,
					new OffloadException(this.worker.executor(), "The answer to " + task + " was lost", failure)));
		}
	}

	private void doWhatIsLeft() {
		Runnable action = this.left;
		if (action != null) {
			this.left = null;
			action.run();
		}
	}

	@Override
	public void awaitHere(PendingTask task) {
		if (!task.isOfThisCaller() || this.current.get() != task || !this.turn.take()) {
			return;
		}
		boolean read = false;
		try {
			task.wakeCallerBy(this.connection::wakeReceiver);
			Message message = this.connection.receiveUnlessWoken(this.maxBytes, task::isSettled);
			while (message != null && isBeforeTheAnswer(message)) {
				message = this.connection.receiveUnlessWoken(this.maxBytes, task::isSettled);
			}
			if (message != null) {
				answered(message, false);
				read = this.left == null;
			}
		}
		catch (ProtocolException ex) {
			this.events.connectionLost(this.worker, ex);
		}
		catch (RuntimeException | Error ex) {
			failed(ex, task);
		}
		finally {
			if (read) {
				this.turn.giveBack();
			}
			else {
				this.turn.passOn();
			}
		}
	}

	// Whether it is what a task tells while it runs, which is seen to.
	private boolean isBeforeTheAnswer(Message message) throws ProtocolException {
		if (message instanceof Progress progress) {
			this.reports.came(this.current.get(), progress, this::isOver);
			return true;
		}
		if (message instanceof Items items) {
			itemsCame(this.current.get(), items);
			return true;
		}
		return false;
	}

	private void itemsCame(@Nullable PendingTask task, Items items) throws ProtocolException {
		if (task == null && isOver()) {
			return;
		}
		StreamBuffer buffer = (task != null && task.number() == items.task()) ? task.work().buffer() : null;
		if (task == null || buffer == null) {
			throw new ProtocolException("Items of " + items.task() + ", which is no stream here");
		}
		if (!buffer.offer(this.results.items(task.work(), items.payload()))) {
			throw new ProtocolException("More items of " + task + " than were asked for");
		}
	}

	// What comes now may be of a task that was taken out.
	private boolean isOver() {
		return this.killing || this.worker.phase().compareTo(Worker.Phase.ENDING) >= 0;
	}

	// Returns whether it was the answer to a task that its caller waits for.
	private boolean answered(Message message, boolean byReader) throws ProtocolException {
		PendingTask task = this.current.get();
		if (task == null) {
			if (isOver()) {
				return false;
			}
			throw new ProtocolException("An answer to no task: " + message.getClass().getSimpleName());
		}
		Outcome outcome = outcome(task, message);
		if (!this.current.compareAndSet(task, null)) {
			outcome.discard();
			return false;
		}
		boolean late = this.overdue;
		this.overdue = false;
		if (!this.events.taskLeft(this.worker, this)) {
			this.listener.lost(task, outcome);
		}
		else if (byReader) {
			free(task, outcome);
		}
		else if (this.listener.endedIdle(this, task, outcome)) {
			this.events.offered(this.worker, this);
		}
		else {
			// to write the task of somebody else may take long
			this.left = () -> free(task, outcome);
		}
		if (late) {
			this.events.recovered(this.worker);
		}
		return task.hasCaller();
	}

	private void free(PendingTask task, Outcome outcome) {
		this.listener.ended(this, task, outcome);
		this.events.offered(this.worker, this);
	}

	private Outcome outcome(PendingTask task, Message message) throws ProtocolException {
		if (message instanceof Completed completed && completed.task() == task.number()) {
			return this.results.completed(task.work(), completed.payload(), this.worker.spool());
		}
		if (message instanceof Failed failed && failed.task() == task.number()) {
			return this.results.failed(task.work(), failed.payload());
		}
		throw new ProtocolException("Not an answer to " + task + ": " + message.getClass().getSimpleName());
	}

	@Override
	public void interrupt(PendingTask task, StopReason reason) {
		if (this.current.get() != task) {
			return;
		}
		if (reason.isLimit()) {
			this.events.limitReached(this.worker, this, task);
		}
		else {
			this.worker.control().interrupt(task);
		}
	}

	// The name of the thread in the worker that runs its tasks.
	String threadName() {
		return this.worker.executor() + "-task-" + this.number;
	}

	@Override
	public void kill(PendingTask task, StopReason reason) {
		this.killing = true;
		if (this.current.compareAndSet(task, null)) {
			this.worker.killFor(task, switch (reason) {
				case TIMEOUT, DEADLINE -> EndReason.TIMEOUT;
				case CANCEL -> EndReason.CANCEL;
				case CLOSE -> EndReason.CLOSE;
			});
			settleIfEnded();
		}
		else {
			this.killing = false;
		}
	}

	// The end of the worker may have come before the task was among those killed.
	private void settleIfEnded() {
		if (this.worker.phase() == Worker.Phase.ENDED) {
			PendingTask left = this.worker.pollKilled();
			while (left != null) {
				this.listener.lost(left, Outcome.failure(TaskStatus.CRASHED,
						new OffloadException(this.worker.executor(), this.worker + " was killed for " + left)));
				left = this.worker.pollKilled();
			}
		}
	}

	@Override
	public void overdue(PendingTask task) {
		if (this.current.get() == task) {
			this.overdue = true;
			this.events.overdue(this.worker);
		}
	}

	boolean isOverdue() {
		return this.overdue;
	}

	// Its worker retires and no task will come any more.
	void park() {
		this.parked = true;
	}

	boolean isParked() {
		return this.parked;
	}

	@Nullable PendingTask current() {
		return this.current.get();
	}

	// Takes out the task that it runs, to end it.
	@Nullable PendingTask takeCurrent() {
		return this.current.getAndSet(null);
	}

	@Override
	public long pid() {
		return this.worker.pid();
	}

	void close() {
		this.connection.close();
		this.turn.callReader();
	}

	@Override
	public String toString() {
		return "Slot of " + this.worker;
	}

}
