package dev.offload.dispatch;

import java.lang.ref.Reference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorOperations;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.Invocation;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.RejectionReason;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.WorkerSnapshot;

/**
 * The executor of every type: admission, queue, limits, counters and closing are here;
 * where tasks run is its backend's.
 */
public final class DispatchingExecutor implements OffloadExecutor {

	private final ExecutorSpec spec;

	private final ExecutorBackend backend;

	private final Size size;

	private final Ledger ledger;

	private final Deadlines deadlines;

	private final ExecutorListener listener;

	private final TaskLifecycle lifecycle;

	private final ExecutorOperations operations;

	private final @Nullable CompletionThreads completion;

	private final Closing closing;

	private final AtomicLong numbers = new AtomicLong();

	private final String idPrefix;

	/**
	 * Creates an executor; nothing is started.
	 * @param spec the settings
	 * @param backend where its tasks run, used by no other
	 * @param listener told what happens
	 */
	public DispatchingExecutor(ExecutorSpec spec, ExecutorBackend backend, ExecutorListener listener) {
		this.spec = spec;
		this.backend = backend;
		this.size = new Size(spec.maxWorkers());
		this.ledger = new Ledger(spec, this.size);
		this.deadlines = new Deadlines(spec.name());
		this.listener = new SafeListener(listener);
		this.lifecycle = new TaskLifecycle(spec, this.ledger, this.deadlines, this.listener,
				new TaskFailures(spec, this.size));
		this.operations = new StandardOperations(spec, this.lifecycle, backend, this.size);
		this.completion = spec.type().equals(ExecutorSpec.INLINE) ? null : new CompletionThreads(spec.name());
		this.closing = new Closing(spec, this.ledger, this.lifecycle, this.listener,
				end(backend, this.deadlines, this.completion));
		this.idPrefix = spec.name() + "-" + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 16)) + "-";
		backend.attach(new BackendServices(this.lifecycle, this.lifecycle.dispatcher()::queued, this.deadlines,
				this.listener, this.lifecycle::failQueued));
		this.lifecycle.onDemand(backend::demand);
		this.listener.executorChanged(spec.name(), ExecutorState.OPEN);
		this.closing.whenDropped(this);
	}

	// Knows nothing of the executor, so that this can be dropped.
	private static Runnable end(ExecutorBackend backend, Deadlines deadlines, @Nullable CompletionThreads completion) {
		return () -> {
			backend.end();
			deadlines.close();
			if (completion != null) {
				completion.close();
			}
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
			PendingTask task = accept(work, options);
			return this.lifecycle.conclude(task, await(task));
		}
		finally {
			// an executor that is waited for is not dropped
			Reference.reachabilityFence(this);
		}
	}

	private Outcome await(PendingTask task) {
		CompletableFuture<Outcome> settled = task.settled();
		try {
			return settled.get();
		}
		catch (InterruptedException ex) {
			this.lifecycle.cancel(task);
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
		PendingTask task = accept(work, options);
		Executor threads = (this.completion != null) ? this.completion : Runnable::run;
		return new SubmittedTask<>(task, this.lifecycle, threads, this);
	}

	private PendingTask accept(Work work, TaskOptions options) {
		if (!enter()) {
			this.ledger.acceptWithoutPlace();
			PendingTask task = newTask(work, options, null);
			this.lifecycle.dispatch(task, new CallerSlot(this.lifecycle, new PlainWorkRunner()));
			return task;
		}
		byte[] payload = encode(work);
		PendingTask task = newTask(work, options, payload);
		this.lifecycle.dispatch(task, this.backend.ownSlot());
		return task;
	}

	private boolean enter() {
		try {
			if (this.ledger.state() == ExecutorState.OPEN) {
				this.backend.requireAvailable();
			}
			return this.ledger.enter();
		}
		catch (OffloadException ex) {
			throw rejected(ex);
		}
	}

	private byte @Nullable [] encode(Work work) {
		try {
			byte[] payload = this.backend.encode(work);
			this.ledger.accept((payload != null) ? payload.length : 0);
			return payload;
		}
		catch (OffloadException ex) {
			this.ledger.leave();
			throw rejected(ex);
		}
		catch (RuntimeException | Error ex) {
			this.ledger.leave();
			throw ex;
		}
	}

	private OffloadException rejected(OffloadException failure) {
		RejectionReason reason = RejectionReason.NO_WORKER;
		if (failure instanceof ExecutorOverloadException overload) {
			reason = overload.reason();
		}
		else if (failure instanceof ExecutorClosedException) {
			reason = RejectionReason.CLOSED;
		}
		else if (failure instanceof PayloadException) {
			reason = RejectionReason.PAYLOAD;
		}
		this.ledger.rejected(reason);
		this.listener.taskRejected(this.spec.name(), reason);
		return failure;
	}

	private PendingTask newTask(Work work, TaskOptions options, byte @Nullable [] payload) {
		long number = this.numbers.incrementAndGet();
		String id = (options.id() != null) ? options.id() : this.idPrefix + number;
		String label = (options.label() != null) ? options.label() : work.label();
		Duration timeout = (options.timeout() != null) ? options.timeout() : this.spec.timeout();
		Duration queueTimeout = (options.queueTimeout() != null) ? options.queueTimeout() : this.spec.queueTimeout();
		PendingTask.Terms terms = new PendingTask.Terms(this.backend.limitsTime() ? timeout : Duration.ZERO,
				queueTimeout, options.priority());
		return new PendingTask(number, new PendingTask.Naming(id, label), work, terms, payload);
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
		return this.lifecycle.dispatcher().read((queued, active) -> {
			Ledger.Totals totals = this.ledger.totals();
			return new ExecutorSnapshot(this.spec.name(), this.spec.type(), totals.state(),
					this.lifecycle.dispatcher().isPaused(), this.backend.unavailable(), this.size.maxWorkers(),
					this.spec.maxPending(), totals.pending(), queued, active, totals.submitted(), totals.rejected(),
					totals.completed(), totals.averageWait(), totals.averageRun(), this.backend.workersStarted(),
					this.backend.workersCrashed(), workers);
		});
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

}
