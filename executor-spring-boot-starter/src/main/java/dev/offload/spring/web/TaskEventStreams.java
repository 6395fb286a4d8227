package dev.offload.spring.web;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;
import dev.offload.TaskRecord;
import dev.offload.Tasks;

/**
 * Tells the clients that follow tasks. Without clients it hears nothing. It ends all
 * streams before the web server waits for its last requests, for streams have no end of
 * their own. Safe for use by many threads.
 */
final class TaskEventStreams implements ExecutorListener, SmartLifecycle, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(TaskEventStreams.class);

	private static final Long UNTIL_THE_END = 0L;

	private final Duration heartbeat;

	private final int maxStreams;

	private final Map<TaskEventStream, Subscription> subscriptions = new ConcurrentHashMap<>();

	/** How many there are, and are about to be. */
	private final AtomicInteger count = new AtomicInteger();

	/** A client that reads slowly holds one up. */
	private final ExecutorService writers = Executors.newCachedThreadPool(threads("offload-stream-"));

	private final ScheduledThreadPoolExecutor beats = new ScheduledThreadPoolExecutor(1,
			threads("offload-stream-beat-"));

	/** Whether tasks are being looked for again. */
	private final AtomicBoolean looking = new AtomicBoolean();

	/** What is repeated while this runs. */
	private volatile @Nullable Future<?> beating;

	private volatile boolean running;

	TaskEventStreams(Duration heartbeat, int maxStreams) {
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
	 * Begins to tell a client of all tasks of an executor.
	 * @param executor the name of the executor
	 * @return the stream, {@code null} if there are too many or the application ends
	 */
	@Nullable TaskEventStream open(String executor) {
		return open(executor, null);
	}

	/**
	 * Begins to tell a client of one task.
	 * @param task what is known of the task
	 * @param tasks where it is looked for again: not all that happens to it is heard here
	 * @return the stream, {@code null} if there are too many or the application ends
	 */
	@Nullable TaskEventStream open(TaskRecord task, Tasks tasks) {
		return open(task.executor(), new OneTask(task.id(), tasks));
	}

	private @Nullable TaskEventStream open(String executor, @Nullable OneTask task) {
		if (!this.running || this.count.incrementAndGet() > this.maxStreams) {
			this.count.decrementAndGet();
			return null;
		}
		TaskEventStream stream = new TaskEventStream(new SseEmitter(UNTIL_THE_END), task != null, this.writers,
				this::remove);
		this.subscriptions.put(stream, new Subscription(executor, task, stream));
		stream.emitter().onCompletion(() -> remove(stream));
		stream.emitter().onError((failure) -> remove(stream));
		if (!this.running) {
			stream.close();
		}
		return stream;
	}

	private void remove(TaskEventStream stream) {
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

	@Override
	public void eventsDropped(String executor, long count) {
		lookAgain();
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
		this.beating = this.beats.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
	}

	private void beat() {
		this.subscriptions.keySet().forEach(TaskEventStream::beat);
		lookAgain();
	}

	// On another thread, for a store may be slow; one at a time.
	private void lookAgain() {
		if (this.subscriptions.values().stream().allMatch((one) -> one.task() == null)
				|| !this.looking.compareAndSet(false, true)) {
			return;
		}
		try {
			this.writers.execute(this::lookAtAll);
		}
		catch (RejectedExecutionException ex) {
			// The application ends.
			this.looking.set(false);
		}
	}

	private void lookAtAll() {
		try {
			this.subscriptions.values().forEach(Subscription::look);
		}
		finally {
			this.looking.set(false);
		}
	}

	@Override
	public void stop() {
		this.running = false;
		Future<?> repeated = this.beating;
		if (repeated != null) {
			repeated.cancel(false);
		}
		this.subscriptions.keySet().forEach(TaskEventStream::close);
	}

	// What is being written still has its end.
	@Override
	public void destroy() {
		this.beats.shutdownNow();
		this.writers.shutdown();
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
	 * @param task the one task, {@code null} for all of the executor
	 * @param stream where it is told
	 */
	private record Subscription(String executor, @Nullable OneTask task, TaskEventStream stream) {

		boolean follows(TaskView view) {
			return this.executor.equals(view.executor()) && (this.task == null || this.task.id().equals(view.id()));
		}

		// Other services and lost events tell nothing, and records go without a word.
		void look() {
			if (this.task == null) {
				return;
			}
			try {
				this.task.find()
					.ifPresentOrElse((known) -> this.stream.offerAgain(TaskView.of(known)), this.stream::missed);
			}
			catch (RuntimeException ex) {
				logger.debug("Task {}, which a client follows, could not be looked for", this.task.id(), ex);
			}
		}

	}

	/**
	 * What a stream of one task is about.
	 *
	 * @param id the id of the task
	 * @param tasks where it is looked for
	 */
	private record OneTask(String id, Tasks tasks) {

		Optional<TaskRecord> find() {
			return this.tasks.find(this.id);
		}

	}

}
