package dev.offload.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.CompositeExecutorListener;
import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;
import dev.offload.WorkerEvent;

/**
 * Tells the listeners of one executor what they want to hear, each by a queue of its own
 * unless it is direct. Never throws. Safe for use by many threads.
 */
final class SafeListener implements ExecutorListener {

	private static final Logger logger = LoggerFactory.getLogger(SafeListener.class);

	/** How long a closing executor waits for its listeners. */
	private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** By kind: who hears of it. */
	private final Map<EventKind, List<Target>> targets = new EnumMap<>(EventKind.class);

	private final List<EventQueue> queues = new ArrayList<>();

	SafeListener(String executor, ExecutorListener listener) {
		add(executor, listener);
	}

	private void add(String executor, ExecutorListener listener) {
		if (listener instanceof CompositeExecutorListener composite) {
			composite.members().forEach((member) -> add(executor, member));
			return;
		}
		List<EventKind> heard = List.of(EventKind.values())
			.stream()
			.filter((kind) -> kind.isHeardBy(listener))
			.toList();
		if (heard.isEmpty()) {
			return;
		}
		Target target = new Target(listener, queue(executor, listener));
		heard.forEach((kind) -> this.targets.computeIfAbsent(kind, (missing) -> new ArrayList<>()).add(target));
	}

	private @Nullable EventQueue queue(String executor, ExecutorListener listener) {
		if (listener instanceof DirectExecutorListener) {
			return null;
		}
		EventQueue queue = new EventQueue(executor, this.queues.size() + 1, listener);
		this.queues.add(queue);
		return queue;
	}

	// Whether an event of that kind is worth making.
	boolean hears(EventKind kind) {
		for (Target target : this.targets.getOrDefault(kind, List.of())) {
			if (target.isListening()) {
				return true;
			}
		}
		return false;
	}

	// Waits a moment for those that are behind.
	void flush() {
		long until = System.nanoTime() + FLUSH_NANOS;
		this.queues.forEach((queue) -> queue.flush(until));
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		tell(EventKind.EXECUTOR_CHANGED, (listener) -> listener.executorChanged(executor, state));
	}

	@Override
	public void executorPaused(String executor, boolean paused) {
		tell(EventKind.EXECUTOR_PAUSED, (listener) -> listener.executorPaused(executor, paused));
	}

	@Override
	public void executorSaturated(String executor, boolean saturated) {
		tell(EventKind.EXECUTOR_SATURATED, (listener) -> listener.executorSaturated(executor, saturated));
	}

	@Override
	public void taskSubmitted(TaskEvent event) {
		tell(EventKind.TASK_SUBMITTED, (listener) -> listener.taskSubmitted(event));
	}

	@Override
	public void taskRejected(TaskEvent event, RejectionReason reason) {
		tell(EventKind.TASK_REJECTED, (listener) -> listener.taskRejected(event, reason));
	}

	@Override
	public void taskStarted(TaskEvent event) {
		tell(EventKind.TASK_STARTED, (listener) -> listener.taskStarted(event));
	}

	@Override
	public void taskProgress(TaskEvent event, TaskProgress progress) {
		tell(EventKind.TASK_PROGRESS, (listener) -> listener.taskProgress(event, progress));
	}

	@Override
	public void taskRetrying(TaskEvent event, Duration delay) {
		tell(EventKind.TASK_RETRYING, (listener) -> listener.taskRetrying(event, delay));
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		tell(EventKind.TASK_COMPLETED, (listener) -> listener.taskCompleted(event));
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		tell(EventKind.WORKER_CHANGED, (listener) -> listener.workerChanged(event));
	}

	private void tell(EventKind kind, Consumer<ExecutorListener> event) {
		for (Target target : this.targets.getOrDefault(kind, List.of())) {
			if (target.isListening()) {
				target.hear(event);
			}
		}
	}

	// One that fails takes nothing from others, nor from what it is told of.
	static void tell(ExecutorListener listener, Consumer<ExecutorListener> event) {
		try {
			event.accept(listener);
		}
		catch (Throwable ex) {
			logger.warn("Listener {} failed, and changes nothing by it", listener, ex);
		}
	}

	/**
	 * Who hears of an event.
	 *
	 * @param listener the listener
	 * @param queue what waits for it, {@code null} if it hears at once
	 */
	private record Target(ExecutorListener listener, @Nullable EventQueue queue) {

		boolean isListening() {
			try {
				return this.listener.isListening();
			}
			catch (Throwable ex) {
				logger.warn("Listener {} failed, and hears nothing by it", this.listener, ex);
				return false;
			}
		}

		void hear(Consumer<ExecutorListener> event) {
			if (this.queue != null) {
				this.queue.put(event);
			}
			else {
				tell(this.listener, event);
			}
		}

	}

}
