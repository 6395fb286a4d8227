package dev.offload.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;

/**
 * An executor such as others may write: it runs tasks on their callers' threads, and
 * fails to close if its option {@code fail-on-close} is set.
 */
final class CustomExecutor implements OffloadExecutor {

	private final ExecutorSpec spec;

	private final AtomicInteger submitted = new AtomicInteger();

	private volatile boolean closed;

	CustomExecutor(ExecutorSpec spec) {
		this.spec = spec;
	}

	@Nullable String option(String name) {
		return this.spec.options().get(name);
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public String name() {
		return this.spec.name();
	}

	@Override
	public ExecutorSpec spec() {
		return this.spec;
	}

	@Override
	public <T extends @Nullable Object> T call(Task<T> task, TaskOptions options) throws Exception {
		this.submitted.incrementAndGet();
		return task.run();
	}

	@Override
	public @Nullable Object call(Invocation invocation, TaskOptions options) throws Throwable {
		this.submitted.incrementAndGet();
		return invocation.method().invoke(invocation.target().instance(), invocation.arguments());
	}

	@Override
	public <T extends @Nullable Object> TaskHandle<T> submit(Task<T> task, TaskOptions options) {
		try {
			return new Ended<>(CompletableFuture.completedFuture(call(task, options)));
		}
		catch (Exception ex) {
			return new Ended<>(CompletableFuture.failedFuture(ex));
		}
	}

	@Override
	public TaskHandle<@Nullable Object> submit(Invocation invocation, TaskOptions options) {
		try {
			return new Ended<>(CompletableFuture.completedFuture(call(invocation, options)));
		}
		catch (Throwable ex) {
			return new Ended<>(CompletableFuture.failedFuture(ex));
		}
	}

	@Override
	public <A> A wrap(Class<A> api, A target) {
		return target;
	}

	@Override
	public <A> A wrapType(Class<A> api, Class<? extends A> targetType) {
		throw new UnsupportedOperationException("It has no workers that could make one");
	}

	@Override
	public ExecutorSnapshot snapshot() {
		ExecutorState state = this.closed ? ExecutorState.CLOSED : ExecutorState.OPEN;
		return new ExecutorSnapshot(name(), this.spec.type(), state, false, null, this.spec.maxWorkers(),
				this.spec.maxPending(), ExecutorLimits.NONE, 0, 0, 0, 0, this.submitted.get(), Map.of(), Map.of(),
				Map.of(), Duration.ZERO, Duration.ZERO, 0, 0, List.of());
	}

	@Override
	public boolean drain(Duration deadline) {
		return true;
	}

	@Override
	public void close() {
		this.closed = true;
		String failure = option("fail-on-close");
		if (failure != null) {
			throw new IllegalStateException(failure);
		}
	}

	@Override
	public void closeNow() {
		close();
	}

	/**
	 * A task that ended before its submission returned.
	 *
	 * @param <T> the type of the result
	 * @param future the result
	 */
	private record Ended<T extends @Nullable Object>(CompletableFuture<T> future) implements TaskHandle<T> {

		Ended {
			Objects.requireNonNull(future);
		}

		@Override
		public String id() {
			return "ended";
		}

		@Override
		public String label() {
			return "ended";
		}

		@Override
		public TaskStatus status() {
			return this.future.isCompletedExceptionally() ? TaskStatus.FAILED : TaskStatus.SUCCEEDED;
		}

		@Override
		public TaskRecord record() {
			TaskTimes times = new TaskTimes(Instant.EPOCH, null, null, Duration.ZERO, Duration.ZERO);
			return new TaskRecord("custom", id(), label(), Map.of(), status(), 1, -1, times, null, null);
		}

		@Override
		public boolean cancel() {
			return false;
		}

	}

}
