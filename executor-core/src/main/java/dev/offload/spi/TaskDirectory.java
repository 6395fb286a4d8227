package dev.offload.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.TaskFailure;
import dev.offload.TaskStatus;
import dev.offload.TaskStoreTrouble;

/**
 * The tasks of some executors by their ids: those that have not ended are in it, the
 * others in its store. Executors that share one share the names of their tasks. Safe for
 * use by many threads.
 */
public final class TaskDirectory {

	private static final Logger logger = LoggerFactory.getLogger(TaskDirectory.class);

	private static final int STRIPES = 16;

	/** Of an error of the store. */
	private static final int MOST_TOLD = 300;

	private final @Nullable TaskStore store;

	private final boolean savesUnfinished;

	private final Map<String, LiveTask> live = new ConcurrentHashMap<>();

	/** For tasks that somebody waits for: open until they have ended. */
	private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();

	/**
	 * Each for some ids: what is saved of a task before its end must not come after. Held
	 * while that is saved, and passed through at its end.
	 */
	private final ReentrantLock[] order = new ReentrantLock[STRIPES];

	private final AtomicLong failures = new AtomicLong();

	/**
	 * Since the store fails to save tasks. Where several threads save, the last to do so
	 * says whether it does.
	 */
	private volatile @Nullable TaskStoreTrouble trouble;

	/**
	 * Creates one.
	 * @param store keeps the records of tasks that have ended, {@code null} to keep none
	 */
	public TaskDirectory(@Nullable TaskStore store) {
		this.store = store;
		this.savesUnfinished = store != null && store.savesUnfinished();
		for (int i = 0; i < STRIPES; i++) {
			this.order[i] = new ReentrantLock();
		}
	}

	/**
	 * The store.
	 * @return the store, or empty if no records are kept
	 */
	public Optional<TaskStore> store() {
		return Optional.ofNullable(this.store);
	}

	/**
	 * How often the store failed to save a task.
	 * @return the count
	 */
	public long saveFailures() {
		return this.failures.get();
	}

	/**
	 * What is wrong with the store now.
	 * @return what it says itself, or since when and with what it fails to save tasks
	 */
	public Optional<TaskStoreTrouble> storeTrouble() {
		TaskStoreTrouble seen = this.trouble;
		return (seen != null) ? Optional.of(seen) : store().flatMap(TaskStore::trouble);
	}

	/**
	 * Enters a task, which is then found by its id until it has ended or was refused. It
	 * takes the place of one that was cancelled, of which nothing more is kept then: its
	 * caller knows that it is over, though it may not be concluded yet.
	 * @param task the task
	 * @return {@code false} if another one of its id is there
	 */
	public boolean begin(LiveTask task) {
		LiveTask other = this.live.putIfAbsent(task.id(), task);
		return other == null || (other.record().status() == TaskStatus.CANCELLED
				&& (this.live.replace(task.id(), other, task) || this.live.putIfAbsent(task.id(), task) == null));
	}

	// The very same: ids may be used again.
	@SuppressWarnings("ReferenceEquality")
	private boolean isReplaced(LiveTask task) {
		LiveTask now = this.live.get(task.id());
		return now != null && now != task;
	}

	/**
	 * Tells the store how a task stands, if it wants to know before the end: it was
	 * accepted, handed to a slot, or is to be tried again.
	 * @param task the task
	 */
	public void changed(LiveTask task) {
		if (this.savesUnfinished) {
			inOrder(task, () -> {
				if (!task.isEnded() && !isReplaced(task)) {
					save(() -> new StoredTask(task.record(), false, null, task.isAwaited()));
				}
			});
		}
	}

	/**
	 * A task has ended: keeps its record and forgets the task. Called before its caller
	 * hears of it.
	 * @param task the task, which {@linkplain LiveTask#isEnded() knows} of its end
	 * @param hasResult whether it has a result that can be kept
	 * @param result the result
	 */
	public void ended(LiveTask task, boolean hasResult, @Nullable Object result) {
		if (isReplaced(task)) {
			return;
		}
		try {
			if (this.savesUnfinished) {
				// What is saved of it before its end is saved by then, and nothing later.
				inOrder(task, () -> {
				});
			}
			save(() -> new StoredTask(task.record(), hasResult, result, task.isAwaited()));
		}
		finally {
			leave(task);
		}
	}

	/**
	 * A task was refused: keeps its record and forgets the task.
	 * @param task the task, which {@linkplain LiveTask#isEnded() knows} that it was
	 * refused
	 */
	public void refused(LiveTask task) {
		try {
			save(() -> new StoredTask(task.record(), false, null, true));
		}
		finally {
			leave(task);
		}
	}

	/**
	 * Forgets a task of which nothing is to be kept.
	 * @param task the task
	 */
	public void leave(LiveTask task) {
		if (this.live.remove(task.id(), task) && !this.ends.isEmpty()) {
			CountDownLatch end = this.ends.remove(task.id());
			if (end != null) {
				end.countDown();
			}
		}
	}

	private void inOrder(LiveTask task, Runnable action) {
		ReentrantLock lock = this.order[Math.floorMod(task.id().hashCode(), STRIPES)];
		lock.lock();
		try {
			action.run();
		}
		finally {
			lock.unlock();
		}
	}

	// A store never breaks a task.
	private void save(Supplier<StoredTask> task) {
		TaskStore known = this.store;
		if (known == null) {
			return;
		}
		try {
			known.save(task.get());
			if (this.trouble != null) {
				this.trouble = null;
			}
		}
		catch (Throwable ex) {
			failing(titleOf(TaskFailure.of(ex)));
			if (this.failures.incrementAndGet() == 1) {
				logger.warn("The store of tasks {} failed to save a task. Tasks go on, and their records may be "
						+ "missing. This is said once; the failures are counted", known, ex);
			}
		}
	}

	// The first line, and not too much of that: it is told where all may read it.
	private static String titleOf(TaskFailure failure) {
		String line = failure.toString().lines().findFirst().orElse("");
		return (line.length() <= MOST_TOLD) ? line : line.substring(0, MOST_TOLD) + "...";
	}

	private void failing(String error) {
		TaskStoreTrouble before = this.trouble;
		this.trouble = (before != null) ? before.with(error) : new TaskStoreTrouble(Instant.now(), error);
	}

	/**
	 * Finds a task that has not ended.
	 * @param id its id
	 * @return the task, or empty
	 */
	public Optional<LiveTask> find(String id) {
		return Optional.ofNullable(this.live.get(id)).filter(LiveTask::isAccepted);
	}

	/**
	 * The tasks that have not ended.
	 * @return a copy, in no order
	 */
	public List<LiveTask> live() {
		return accepted().toList();
	}

	private Stream<LiveTask> accepted() {
		return this.live.values().stream().filter(LiveTask::isAccepted);
	}

	/**
	 * Waits until a task has ended and its record is kept.
	 * @param id its id
	 * @param limit how long to wait at most
	 * @return {@code true} if none of that id is there any more
	 * @throws InterruptedException if this thread is interrupted; the task goes on
	 */
	public boolean awaitEnd(String id, Duration limit) throws InterruptedException {
		if (find(id).isEmpty()) {
			return true;
		}
		CountDownLatch end = this.ends.computeIfAbsent(id, (key) -> new CountDownLatch(1));
		if (find(id).isEmpty() && this.ends.remove(id, end)) {
			// It left meanwhile, and may have done so before there was anything to open.
			end.countDown();
		}
		return end.await(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
	}

}
