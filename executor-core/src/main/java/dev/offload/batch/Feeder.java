package dev.offload.batch;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import dev.offload.BatchProgress;
import dev.offload.ItemOutcome;
import dev.offload.PayloadException;
import dev.offload.QuarantinedException;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;

/**
 * Keeps a few chunks of a batch in its executor. It has no thread: whoever makes the
 * batch, hears of a chunk that ended, or reads outcomes, feeds it, one of them at a time.
 * Safe for use by many threads.
 */
final class Feeder {

	private final BatchTarget target;

	private final ChunkForm form;

	private final ChunkSource source;

	private final ChunkSizer sizer;

	private final Outcomes outcomes;

	private final TaskOptions options;

	private final int window;

	private final CompletableFuture<BatchProgress> completion = new CompletableFuture<>();

	private final ReentrantLock lock = new ReentrantLock();

	/* All below is guarded by the lock. */

	private final Set<TaskHandle<?>> running = Collections.newSetFromMap(new IdentityHashMap<>());

	/** How many chunks the executor has, or is just given. */
	private int inFlight;

	/** Whether a thread feeds, to which source, held and number belong. */
	private boolean feeding;

	/** Whether another thread wanted to feed meanwhile. */
	private boolean missed;

	/** Whether the executor will tell when there is room. */
	private boolean waiting;

	private boolean exhausted;

	private boolean stopped;

	/** Whether what runs is cancelled, too. */
	private boolean cancelled;

	private boolean ended;

	private @Nullable Throwable reason;

	private long total;

	private long succeeded;

	private long failed;

	/** What was taken from the source and is to be submitted next. */
	private final Deque<Chunk> held = new ArrayDeque<>();

	private long number;

	Feeder(BatchTarget target, ChunkForm form, ChunkSource source, BatchPlan plan, Outcomes outcomes) {
		this.target = target;
		this.form = form;
		this.source = source;
		this.sizer = plan.sizer();
		this.options = plan.tasks();
		this.window = plan.window();
		this.outcomes = outcomes;
		this.total = source.known();
	}

	BatchTarget target() {
		return this.target;
	}

	CompletableFuture<BatchProgress> completion() {
		return this.completion;
	}

	// Submits the first chunk as any task is, so that an executor without room refuses
	// the batch before any of it ran, and as many more as may be.
	void start() {
		this.lock.lock();
		try {
			this.feeding = true;
		}
		finally {
			this.lock.unlock();
		}
		if (next(true)) {
			fill(this.window - 1);
		}
		if (endTurn(true)) {
			feed(true);
		}
	}

	void feed() {
		feed(false);
	}

	// Who makes the batch does not stay for what others can do.
	private void feed(boolean first) {
		boolean again = true;
		while (again) {
			int room = beginTurn();
			if (room <= 0) {
				return;
			}
			fill(room);
			again = endTurn(first);
		}
	}

	private int beginTurn() {
		this.lock.lock();
		try {
			if (this.feeding) {
				this.missed = true;
				return 0;
			}
			if (this.stopped || this.waiting || isDry() || this.outcomes.isFull()) {
				return 0;
			}
			this.feeding = this.inFlight < this.window;
			this.missed = false;
			return this.window - this.inFlight;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isDry() {
		return this.exhausted && this.held.isEmpty();
	}

	// Whether to go on: for others that came meanwhile, or since nothing is on its way
	// that could.
	private boolean endTurn(boolean first) {
		boolean again;
		this.lock.lock();
		try {
			this.feeding = false;
			again = !this.waiting && (this.inFlight == 0 || (this.missed && !first));
		}
		finally {
			this.lock.unlock();
		}
		endIfDone();
		return again;
	}

	private void fill(int room) {
		try {
			boolean more = true;
			for (int i = 0; i < room && more; i++) {
				more = !this.outcomes.isFull() && next(false);
			}
		}
		catch (Throwable ex) {
			stop(ex);
		}
	}

	// Submits the next chunk; false if there is none, or no room.
	private boolean next(boolean first) {
		Chunk chunk = nextChunk();
		if (chunk == null) {
			return false;
		}
		if (!takeOff(first)) {
			return false;
		}
		TaskHandle<?> handle = null;
		try {
			handle = submit(chunk, first);
		}
		catch (PayloadException ex) {
			notSent(chunk, ex);
			return true;
		}
		catch (QuarantinedException ex) {
			add(failed(chunk, ex));
			return true;
		}
		catch (TaskDeadlineException ex) {
			if (first) {
				throw ex;
			}
			add(failed(chunk, ex));
			return true;
		}
		finally {
			if (handle == null) {
				comeBack();
			}
		}
		if (handle == null) {
			this.held.addFirst(chunk);
			return false;
		}
		started(handle, chunk);
		return true;
	}

	private @Nullable Chunk nextChunk() {
		Chunk chunk = this.held.poll();
		if (chunk != null) {
			return chunk;
		}
		Chunk next = this.source.next(this.sizer.next(this.source.left()));
		this.lock.lock();
		try {
			this.exhausted = next == null;
			this.total = this.exhausted ? this.source.taken() : this.source.known();
		}
		finally {
			this.lock.unlock();
		}
		return next;
	}

	private boolean takeOff(boolean first) {
		this.lock.lock();
		try {
			if (this.stopped) {
				return false;
			}
			this.inFlight++;
			// Before there may be room: it may be told at once.
			this.waiting = !first;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void comeBack() {
		this.lock.lock();
		try {
			this.inFlight--;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable TaskHandle<?> submit(Chunk chunk, boolean first) {
		TaskOptions own = this.options.withId(this.options.id() + "-" + ++this.number);
		BatchTarget.BatchWork work = this.form.work(chunk);
		if (first) {
			return this.target.submit(work, own);
		}
		boolean there = false;
		try {
			TaskHandle<?> handle = this.target.offer(work, own, this::roomAgain);
			there = handle == null;
			return handle;
		}
		finally {
			if (!there) {
				noWait();
			}
		}
	}

	private void roomAgain() {
		noWait();
		feed(false);
	}

	private void noWait() {
		this.lock.lock();
		try {
			this.waiting = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void notSent(Chunk chunk, PayloadException failure) {
		String path = failure.path();
		if (path != null && path.startsWith("instance") && this.form.hasOneInstance()) {
			// What is to be done with the items: no item can be sent.
			throw failure;
		}
		if (chunk.size() == 1) {
			add(List.of(new ItemOutcome<>(chunk.first(), null, failure)));
			return;
		}
		this.held.addFirst(chunk.secondHalf());
		this.held.addFirst(chunk.firstHalf());
	}

	private void started(TaskHandle<?> handle, Chunk chunk) {
		boolean late;
		this.lock.lock();
		try {
			this.running.add(handle);
			late = this.cancelled;
		}
		finally {
			this.lock.unlock();
		}
		var unused = handle.future().whenComplete((result, failure) -> ended(handle, chunk, result, failure));
		if (late) {
			handle.cancel();
		}
	}

	private void ended(TaskHandle<?> handle, Chunk chunk, @Nullable Object result, @Nullable Throwable failure) {
		try {
			add(outcomes(chunk, result, failure));
		}
		catch (Throwable ex) {
			stop(ex);
		}
		finally {
			landed(handle);
		}
		feed(false);
		endIfDone();
	}

	private void landed(TaskHandle<?> handle) {
		this.lock.lock();
		try {
			this.running.remove(handle);
			this.inFlight--;
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<? extends ItemOutcome<?>> outcomes(Chunk chunk, @Nullable Object result, @Nullable Throwable failure) {
		if (failure != null) {
			this.sizer.failed(chunk.size());
			return failed(chunk, failure);
		}
		try {
			this.sizer.ran(chunk.size(), this.form.nanos(result));
			return this.form.outcomes(chunk, result);
		}
		catch (RuntimeException ex) {
			return failed(chunk, ex);
		}
	}

	private static List<? extends ItemOutcome<?>> failed(Chunk chunk, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return LongStream.range(chunk.first(), chunk.first() + chunk.size())
			.mapToObj((index) -> new ItemOutcome<>(index, null, cause))
			.toList();
	}

	private void add(List<? extends ItemOutcome<?>> outcomes) {
		long good = outcomes.stream().filter(ItemOutcome::succeeded).count();
		this.lock.lock();
		try {
			this.succeeded += good;
			this.failed += outcomes.size() - good;
		}
		finally {
			this.lock.unlock();
		}
		this.outcomes.add(outcomes);
	}

	// Takes no more items. What runs ends as it will.
	void stop(Throwable why) {
		this.lock.lock();
		try {
			if (!this.stopped) {
				this.stopped = true;
				this.reason = why;
			}
		}
		finally {
			this.lock.unlock();
		}
		endIfDone();
	}

	// Takes no more items and cancels what waits and runs, also of a batch that was
	// stopped before; false if it had ended.
	boolean cancel(Throwable why) {
		List<TaskHandle<?>> open;
		this.lock.lock();
		try {
			if (this.ended) {
				return false;
			}
			this.cancelled = true;
			if (!this.stopped) {
				this.stopped = true;
				this.reason = why;
			}
			open = List.copyOf(this.running);
		}
		finally {
			this.lock.unlock();
		}
		open.forEach(TaskHandle::cancel);
		endIfDone();
		return true;
	}

	private void endIfDone() {
		Throwable why;
		this.lock.lock();
		try {
			if (this.ended || this.inFlight > 0 || !(this.stopped || (!this.feeding && isDry()))) {
				return;
			}
			this.ended = true;
			why = this.reason;
		}
		finally {
			this.lock.unlock();
		}
		this.outcomes.end(why);
		if (why != null) {
			this.completion.completeExceptionally(why);
		}
		else {
			this.completion.complete(progress());
		}
	}

	BatchProgress progress() {
		this.lock.lock();
		try {
			return new BatchProgress(this.total, this.succeeded, this.failed);
		}
		finally {
			this.lock.unlock();
		}
	}

}
