package dev.offload.spring.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;

/**
 * Tells the clients that follow tasks. Without clients it hears nothing. It ends all
 * streams before the web server waits for its last requests, for streams have no end of
 * their own. Safe for use by many threads.
 */
final class TaskStreams implements ExecutorListener, SmartLifecycle {

	private static final Long UNTIL_THE_END = 0L;

	private final Duration heartbeat;

	private final int maxStreams;

	private final Map<TaskStream, Subscription> subscriptions = new ConcurrentHashMap<>();

	/** How many there are, and are about to be. */
	private final AtomicInteger count = new AtomicInteger();

	/** A client that reads slowly holds one up. */
	private final ExecutorService writers = Executors.newCachedThreadPool(threads("offload-stream-"));

	private final ScheduledThreadPoolExecutor beats = new ScheduledThreadPoolExecutor(1,
			threads("offload-stream-beat-"));

	/** What is repeated while this runs. */
	private volatile @Nullable Future<?> beating;

	private volatile boolean running;

	TaskStreams(Duration heartbeat, int maxStreams) {
		this.heartbeat = heartbeat;
		this.maxStreams = maxStreams;
		this.beats.setRemoveOnCancelPolicy(true);
		this.beats.setKeepAliveTime(1, TimeUnit.SECONDS);
		this.beats.allowCoreThreadTimeOut(true);
	}

	private static ThreadFactory threads(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (action) -> {
			Thread thread = new Thread(null, action, prefix + number.incrementAndGet(), 0, false);
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Begins to tell a client of the tasks it follows.
	 * @param executor the executor of the tasks
	 * @param task the id of the one task, {@code null} for all of the executor
	 * @return the stream, {@code null} if there are too many or the application ends
	 */
	@Nullable TaskStream open(String executor, @Nullable String task) {
		if (!this.running || this.count.incrementAndGet() > this.maxStreams) {
			this.count.decrementAndGet();
			return null;
		}
		TaskStream stream = new TaskStream(new SseEmitter(UNTIL_THE_END), task != null, this.writers, this::remove);
		this.subscriptions.put(stream, new Subscription(executor, task, stream));
		stream.emitter().onCompletion(() -> remove(stream));
		stream.emitter().onError((failure) -> remove(stream));
		if (!this.running) {
			stream.close();
		}
		return stream;
	}

	private void remove(TaskStream stream) {
		if (this.subscriptions.remove(stream) != null) {
			this.count.decrementAndGet();
		}
	}

	int count() {
		return this.count.get();
	}

	@Override
	public boolean isListening() {
		return this.count.get() > 0;
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		if (state == ExecutorState.CLOSED) {
			each((one) -> one.executor().equals(executor)).forEach((one) -> one.stream().close());
		}
	}

	@Override
	public void taskSubmitted(TaskEvent event) {
		tell(event);
	}

	// What is refused for its id is another task than the one that clients follow.
	@Override
	public void taskRejected(TaskEvent event, RejectionReason reason) {
		if (reason != RejectionReason.DUPLICATE_ID) {
			tell(event);
		}
	}

	@Override
	public void taskStarted(TaskEvent event) {
		tell(event);
	}

	@Override
	public void taskProgress(TaskEvent event, TaskProgress progress) {
		tell(event);
	}

	@Override
	public void taskRetrying(TaskEvent event, Duration delay) {
		tell(event);
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		tell(event);
	}

	private void tell(TaskEvent event) {
		TaskView view = TaskView.of(event);
		each((one) -> one.follows(view)).forEach((one) -> one.stream().offer(view));
	}

	private Iterable<Subscription> each(Predicate<Subscription> which) {
		return this.subscriptions.values().stream().filter(which).toList();
	}

	@Override
	public void start() {
		this.running = true;
		long nanos = this.heartbeat.toNanos();
		this.beating = this.beats.scheduleWithFixedDelay(() -> this.subscriptions.keySet().forEach(TaskStream::beat),
				nanos, nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void stop() {
		this.running = false;
		Future<?> repeated = this.beating;
		if (repeated != null) {
			repeated.cancel(false);
		}
		this.subscriptions.keySet().forEach(TaskStream::close);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	/**
	 * Who follows what.
	 *
	 * @param executor the executor of the tasks
	 * @param task the id of the one task, {@code null} for all of the executor
	 * @param stream where it is told
	 */
	private record Subscription(String executor, @Nullable String task, TaskStream stream) {

		boolean follows(TaskView view) {
			return this.executor.equals(view.executor()) && (this.task == null || this.task.equals(view.id()));
		}

	}

}
