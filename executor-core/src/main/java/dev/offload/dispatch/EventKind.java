package dev.offload.dispatch;

import java.lang.reflect.Method;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;
import dev.offload.WorkerEvent;

/**
 * The kinds of events, each a method of a listener.
 */
enum EventKind {

	EXECUTOR_CHANGED("executorChanged", String.class, ExecutorState.class),

	EXECUTOR_PAUSED("executorPaused", String.class, boolean.class),

	EXECUTOR_SATURATED("executorSaturated", String.class, boolean.class),

	TASK_SUBMITTED("taskSubmitted", TaskEvent.class),

	TASK_REJECTED("taskRejected", TaskEvent.class, RejectionReason.class),

	TASK_STARTED("taskStarted", TaskEvent.class),

	TASK_PROGRESS("taskProgress", TaskEvent.class, TaskProgress.class),

	TASK_RETRYING("taskRetrying", TaskEvent.class, Duration.class),

	TASK_COMPLETED("taskCompleted", TaskEvent.class),

	WORKER_CHANGED("workerChanged", WorkerEvent.class),

	EVENTS_DROPPED("eventsDropped", String.class, long.class);

	private final String method;

	private final Class<?> subject;

	private final @Nullable Class<?> detail;

	EventKind(String method, Class<?> subject) {
		this(method, subject, null);
	}

	EventKind(String method, Class<?> subject, @Nullable Class<?> detail) {
		this.method = method;
		this.subject = subject;
		this.detail = detail;
	}

	// A listener that does not override the method does nothing in it.
	boolean isHeardBy(ExecutorListener listener) {
		Class<?> type = listener.getClass();
		try {
			Method found = (this.detail != null) ? type.getMethod(this.method, this.subject, this.detail)
					: type.getMethod(this.method, this.subject);
			return !found.getDeclaringClass().equals(ExecutorListener.class);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("A listener has all methods of its interface", ex);
		}
	}

}
