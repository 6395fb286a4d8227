package dev.offload.dispatch;

import java.lang.ref.Reference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.Batch;
import dev.offload.BatchOptions;
import dev.offload.ExecutorLimits;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorOperations;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.Invocation;
import dev.offload.ItemFunction;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStream;
import dev.offload.WorkerSnapshot;
import dev.offload.batch.BatchTarget;
import dev.offload.batch.Batches;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.RateLimiter;
import dev.offload.spi.TaskDirectory;

/**
 * The executor of every type: admission, queue, limits, counters and closing are here;
 * where tasks run is its backend's.
 */
public final class DispatchingExecutor implements OffloadExecutor {

	private final ExecutorSpec spec;

	private final ExecutorBackend backend;

	private final LimitsInForce limits;

	private final Ledger ledger;

	private final Deadlines deadlines;

	private final SafeListener listener;

	private final TaskLifecycle lifecycle;

	private final Intake intake;

	private final ExecutorOperations operations;

	private final @Nullable CompletionThreads completion;

	private final Closing closing;

	/**
	 * Creates an executor; nothing is started.
	 * @param spec the settings
	 * @param backend where its tasks run, used by no other
	 * @param listener told what happens
	 */
	public DispatchingExecutor(ExecutorSpec spec, ExecutorBackend backend, ExecutorListener listener) {
		this(spec, backend, listener, ContextCarriers.NONE, new TaskDirectory(null));
	}

	/**
	 * Creates an executor whose tasks take along what belongs to their callers' threads;
	 * nothing is started.
	 * @param spec the settings
	 * @param backend where its tasks run, used by no other
	 * @param listener told what happens
	 * @param carriers what captures the context of tasks
	 * @param directory where its tasks are found by their ids
	 */
	public DispatchingExecutor(ExecutorSpec spec, ExecutorBackend backend, ExecutorListener listener,
			ContextCarriers carriers, TaskDirectory directory) {
		RateLimiter limiter = RateLimiters.of(spec);
		this.spec = spec;
		this.backend = backend;
		this.limits = new LimitsInForce(spec);
		this.ledger = new Ledger(this.limits);
		this.deadlines = new Deadlines(spec.name());
		this.listener = new SafeListener(spec.name(), listener);
		this.ledger.saturation(new Saturation(spec.name(), this.listener, this.ledger::isRoomy));
		TaskEvents events = new TaskEvents(this.listener);
		this.lifecycle = new TaskLifecycle(this.ledger, this.deadlines, events, new TaskFailures(this.limits),
				directory);
		Restrictions restrictions = new Restrictions(this.limits, new RateGate(limiter, this.limits, this.deadlines),
				this.deadlines);
		this.operations = new StandardOperations(restrictions, this.ledger, this.lifecycle, backend, this.listener);
		this.completion = spec.type().equals(ExecutorSpec.INLINE) ? null
				: new CompletionThreads(spec.name(), this.deadlines);
		this.closing = new Closing(this.limits, this.ledger, this.lifecycle, this.listener,
				end(backend, this.deadlines, this.completion));
		this.ledger.whenAdvanced(restrictions::closing);
		this.intake = new Intake(restrictions, this.ledger, this.lifecycle, backend, events, carriers);
		backend.attach(new BackendServices(this.lifecycle, this.lifecycle.dispatcher()::ready, this.deadlines,
				this.listener, this.lifecycle.stops()::failQueued, this.intake::idPrefix, this.limits));
		this.lifecycle.onDemand(backend::demand);
		this.lifecycle.limitsTime(backend::limitsTime);
		this.lifecycle.onThreads(threads());
		this.listener.executorChanged(spec.name(), ExecutorState.OPEN);
		this.closing.whenDropped(this);
	}

	// Knows nothing of the executor, so that this can be dropped.
	private static Runnable end(ExecutorBackend backend, Deadlines deadlines, @Nullable CompletionThreads completion) {
		return () -> {
			backend.end();
			if (completion != null) {
				completion.close();
			}
			deadlines.close();
		};
	}

	@Override
	public void start() {
		this.backend.start();
	}

	@Override
	public String name() {
		return this.spec.name();
	}

	@Override
	public ExecutorSpec spec() {
		return this.spec;
	}

	// the result is what the task returned, so it is a T, null or not
	@Override
	@SuppressWarnings({ "unchecked", "NullAway" })
	public <T extends @Nullable Object> T call(Task<T> task, TaskOptions options) throws Exception {
		try {
			return (T) run(new Work.OfTask(task), options);
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new OffloadException(this.spec.name(), "The task failed with a " + ex.getClass().getName(), ex);
		}
	}

	@Override
	public @Nullable Object call(Invocation invocation, TaskOptions options) throws Throwable {
		return run(new Work.OfInvocation(invocation), options);
	}

	private @Nullable Object run(Work work, TaskOptions options) throws Throwable {
		try {
			// What is attached stays the caller's: it waits until the task has ended.
			PendingTask task = this.intake.accept(work, options, Intake.Manner.WAITED_FOR);
			Conclusion conclusion = this.lifecycle.conclusions().conclude(task, await(task));
			PendingTask next = conclusion.next();
			while (next != null) {
				conclusion = this.lifecycle.conclusions().conclude(next, await(next));
				next = conclusion.next();
			}
			return conclusion.get();
		}
		finally {
			// an executor that is waited for is not dropped
			Reference.reachabilityFence(this);
		}
	}

	private Outcome await(PendingTask task) {
		CompletableFuture<Outcome> settled = task.settled();
		Slot slot = task.slot();
		if (slot != null) {
			slot.awaitHere(task);
		}
		try {
			return settled.get();
		}
		catch (InterruptedException ex) {
			this.lifecycle.stops().cancel(task.submission());
			Thread.currentThread().interrupt();
			return settled.join();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("An outcome never fails", ex);
		}
	}

	@Override
	public <T extends @Nullable Object> TaskHandle<T> submit(Task<T> task, TaskOptions options) {
		return submit(new Work.OfTask(task), options);
	}

	@Override
	public TaskHandle<@Nullable Object> submit(Invocation invocation, TaskOptions options) {
		return submit(new Work.OfInvocation(invocation), options);
	}

	private <T extends @Nullable Object> TaskHandle<T> submit(Work work, TaskOptions options) {
		return handle(this.intake.accept(work, options, Intake.Manner.SUBMITTED));
	}

	@Override
	public <T extends @Nullable Object> TaskStream<T> stream(Task<Stream<T>> task, TaskOptions options) {
		return stream(new Work.OfTask(task, new StreamBuffer()), options);
	}

	@Override
	public TaskStream<@Nullable Object> stream(Invocation invocation, TaskOptions options) {
		return stream(new Work.OfInvocation(invocation, new StreamBuffer()), options);
	}

	private <T extends @Nullable Object> TaskStream<T> stream(Work work, TaskOptions options) {
		PendingTask task = this.intake.accept(work, options, Intake.Manner.SUBMITTED);
		// What ran here makes its items here, too: on the thread that asks for them.
		Executor on = (task.slot() instanceof CallerSlot) ? Runnable::run : threads();
		return new RunningStream<>(new SubmittedTask<>(task, this.lifecycle, on, this), task, on,
				(action) -> runAside(action, name() + "-stream"));
	}

	private <T extends @Nullable Object> TaskHandle<T> handle(PendingTask task) {
		return new SubmittedTask<>(task, this.lifecycle, threads(), this);
	}

	private Executor threads() {
		return (this.completion != null) ? this.completion : Runnable::run;
	}

	private void runAside(Runnable action, String thread) {
		if (this.completion != null) {
			this.completion.execute(action);
			return;
		}
		Thread made = new Thread(null, action, thread, 0, false);
		made.setDaemon(true);
		made.start();
	}

	@Override
	public <T extends @Nullable Object, R extends @Nullable Object> Batch<R> map(Iterable<? extends T> items,
			ItemFunction<? super T, ? extends R> function, BatchOptions options) {
		return new Batches(new Entry(this.intake.origin())).map(items, function, options);
	}

	@Override
	public Batch<@Nullable Object> mapCalls(Invocation call, Iterable<? extends @Nullable Object[]> argumentLists,
			BatchOptions options) {
		return new Batches(new Entry(this.intake.origin())).mapCalls(call, argumentLists, options);
	}

	@Override
	public <R extends @Nullable Object> Batch<R> submitAll(Iterable<? extends Task<? extends R>> tasks,
			BatchOptions options) {
		return new Batches(new Entry(this.intake.origin())).submitAll(tasks, options);
	}

	@Override
	public Batch<@Nullable Object> submitCalls(Iterable<Invocation> calls, BatchOptions options) {
		return new Batches(new Entry(this.intake.origin())).submitCalls(calls, options);
	}

	@Override
	public <A> A wrap(Class<A> api, A target) {
		return proxy(api, new WrappedCalls(this, target.getClass().getName(),
				(method, arguments) -> Invocation.onInstance(target, method, arguments)));
	}

	@Override
	public <A> A wrapType(Class<A> api, Class<? extends A> targetType) {
		return proxy(api, new WrappedCalls(this, targetType.getName(),
				(method, arguments) -> Invocation.onType(targetType, method, arguments)));
	}

	private <A> A proxy(Class<A> api, InvocationHandler handler) {
		if (!api.isInterface()) {
			throw new IllegalArgumentException(
					api.getName() + " is not an interface: wrap needs one to stand before " + "the target");
		}
		return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] { api }, handler));
	}

	@Override
	public ExecutorSnapshot snapshot() {
		List<WorkerSnapshot> workers = this.backend.workers();
		return this.lifecycle.dispatcher().read((queued, active, retrying) -> {
			TaskCounts.Totals totals = this.ledger.totals();
			ExecutorSpec now = this.limits.spec();
			return new ExecutorSnapshot(this.spec.name(), this.spec.type(), totals.state(),
					this.lifecycle.dispatcher().isPaused(), this.backend.unavailable(), now.maxWorkers(),
					now.maxPending(), heeded(now), totals.pending(), queued, active, retrying, totals.submitted(),
					totals.rejected(), totals.completed(), totals.retried(), totals.averageWait(), totals.averageRun(),
					this.backend.workersStarted(), this.backend.workersCrashed(), workers);
		});
	}

	private ExecutorLimits heeded(ExecutorSpec now) {
		return ExecutorLimits.of(now).only((setting) -> this.backend.unheeded(setting) == null);
	}

	@Override
	public ExecutorOperations operations() {
		return this.operations;
	}

	@Override
	public boolean drain(Duration deadline) {
		return this.closing.drain(deadline);
	}

	@Override
	public void close() {
		this.closing.close();
	}

	@Override
	public void closeNow() {
		this.closing.closeNow();
	}

	@Override
	public String toString() {
		return "Executor '" + this.spec.name() + "' of type " + this.spec.type();
	}

	/**
	 * Where batches submit their tasks.
	 */
	private final class Entry implements BatchTarget {

		/** Of the thread that makes the batch: others submit most of its tasks. */
		private final ContextCarrier.Origin origin;

		Entry(ContextCarrier.Origin origin) {
			this.origin = origin;
		}

		@Override
		public ExecutorSpec spec() {
			return DispatchingExecutor.this.limits.spec();
		}

		@Override
		public String nextId() {
			return DispatchingExecutor.this.intake.nextId();
		}

		@Override
		public TaskHandle<?> submit(BatchTarget.BatchWork work, TaskOptions options) {
			return handle(DispatchingExecutor.this.intake.accept(Work.of(work), options, Intake.Manner.IN_BATCH));
		}

		@Override
		public @Nullable TaskHandle<?> offer(BatchTarget.BatchWork work, TaskOptions options, Runnable whenRoom) {
			ContextCarrier.Scope scope = this.origin.enter();
			try {
				PendingTask task = DispatchingExecutor.this.intake.acceptIfRoom(Work.of(work), options,
						() -> goOn(whenRoom));
				return (task != null) ? handle(task) : null;
			}
			finally {
				scope.close();
			}
		}

		// Never on the thread that made room, which is another caller's.
		private void goOn(Runnable whenRoom) {
			runAside(whenRoom, name() + "-batch");
		}

		@Override
		public void execute(Runnable action) {
			threads().execute(action);
		}

	}

}
