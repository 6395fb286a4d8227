package dev.offload.batch;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.offload.Batch;
import dev.offload.BatchOptions;
import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.ItemFunction;
import dev.offload.Task;
import dev.offload.TaskOptions;

/**
 * Starts the batches of one executor. Safe for use by many threads.
 */
public final class Batches {

	private static final Method APPLY = applyMethod();

	/** So that a slot that is free has its next chunk at once. */
	private static final int CHUNKS_PER_SLOT = 2;

	private final BatchTarget target;

	/**
	 * Creates one.
	 * @param target the executor
	 */
	public Batches(BatchTarget target) {
		this.target = target;
	}

	private static Method applyMethod() {
		try {
			return ItemFunction.class.getMethod("apply", Object.class);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Starts a batch that applies a function to items.
	 * @param <T> the type of the items
	 * @param <R> the type of the results
	 * @param items the items
	 * @param function the function
	 * @param options the options
	 * @return the batch
	 */
	public <T extends @Nullable Object, R extends @Nullable Object> Batch<R> map(Iterable<? extends T> items,
			ItemFunction<? super T, ? extends R> function, BatchOptions options) {
		Objects.requireNonNull(function, "function");
		// its argument is one of the items, which are put in place of this one
		Invocation call = Invocation.onInstance(function, APPLY, new @Nullable Object[1]);
		return start(items, new ChunkForm.OfCalls(call, name()), options, label(function.getClass()));
	}

	/**
	 * Starts a batch of calls of one method.
	 * @param call the method and its target
	 * @param argumentLists the arguments of each call
	 * @param options the options
	 * @return the batch
	 */
	public Batch<@Nullable Object> mapCalls(Invocation call, Iterable<? extends @Nullable Object[]> argumentLists,
			BatchOptions options) {
		Iterable<?> items = new CallItems(call.method(), argumentLists).asItems();
		return start(items, new ChunkForm.OfCalls(call, name()), options, call.label());
	}

	/**
	 * Starts a batch of tasks.
	 * @param <R> the type of the results
	 * @param tasks the tasks
	 * @param options the options
	 * @return the batch
	 */
	public <R extends @Nullable Object> Batch<R> submitAll(Iterable<? extends Task<? extends R>> tasks,
			BatchOptions options) {
		return start(tasks, new ChunkForm.OfTasks(), options.withChunk(1), null);
	}

	/**
	 * Starts a batch of calls, each of which is a task.
	 * @param calls the calls
	 * @param options the options
	 * @return the batch
	 */
	public Batch<@Nullable Object> submitCalls(Iterable<Invocation> calls, BatchOptions options) {
		return start(calls, new ChunkForm.OfTasks(), options.withChunk(1), null);
	}

	private <R extends @Nullable Object> Batch<R> start(Iterable<?> items, ChunkForm form, BatchOptions options,
			@Nullable String label) {
		String id = Objects.requireNonNullElseGet(options.id(), this.target::nextId);
		TaskOptions tasks = options.tasks().withId(id);
		if (label != null && tasks.label() == null) {
			tasks = tasks.withLabel(label);
		}
		ExecutorSpec spec = this.target.spec();
		int slots = slots(spec);
		Duration timeout = Objects.requireNonNullElseGet(tasks.timeout(), spec::timeout);
		BatchPlan plan = new BatchPlan(tasks, new ChunkSizer(options.chunk(), slots, timeout),
				Math.max(1, Math.min(CHUNKS_PER_SLOT * slots, spec.maxPending())));
		Outcomes outcomes = new Outcomes(ahead(items, options));
		Feeder feeder = new Feeder(this.target, form, new ChunkSource(items), plan, outcomes);
		feeder.start();
		return new RunningBatch<>(name(), id, feeder, outcomes);
	}

	private static int slots(ExecutorSpec spec) {
		if (spec.type().equals(ExecutorSpec.INLINE)) {
			return 1;
		}
		return (int) Math.min(Integer.MAX_VALUE / CHUNKS_PER_SLOT, (long) spec.maxWorkers() * spec.threadsPerWorker());
	}

	private static int ahead(Iterable<?> items, BatchOptions options) {
		if (options.ahead() > 0) {
			return options.ahead();
		}
		return (items instanceof Collection) ? Integer.MAX_VALUE : BatchOptions.DEFAULT_AHEAD;
	}

	private String name() {
		return this.target.spec().name();
	}

	// The class in which a lambda was written, or that of the function.
	private static String label(Class<?> function) {
		String name = function.getName();
		int lambda = name.indexOf("$$Lambda");
		String owner = (lambda < 0) ? name : name.substring(0, lambda);
		return owner.substring(owner.lastIndexOf('.') + 1) + ".map";
	}

}
