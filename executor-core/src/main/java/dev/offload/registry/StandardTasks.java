package dev.offload.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadException;
import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskStoreTrouble;
import dev.offload.TaskStoreUnavailableException;
import dev.offload.Tasks;
import dev.offload.UnknownTaskException;
import dev.offload.spi.LiveTask;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskDirectory;
import dev.offload.spi.TaskStore;

/**
 * The tasks of a directory and its store as one. What has not ended is looked for first:
 * a task is kept before it leaves, so it is always found in one of the two.
 */
final class StandardTasks implements Tasks {

	/** The newest first; by id where two were submitted at once. */
	static final Comparator<TaskRecord> NEWEST_FIRST = Comparator
		.comparing((TaskRecord task) -> task.times().submittedAt())
		.thenComparing(TaskRecord::id)
		.reversed();

	/** How often a task of another service is looked for, whose end is not heard here. */
	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final TaskDirectory directory;

	StandardTasks(TaskDirectory directory) {
		this.directory = directory;
	}

	@Override
	public Optional<TaskRecord> find(String id) {
		Optional<LiveTask> live = this.directory.find(id);
		return live.isPresent() ? live.map(LiveTask::record) : read((store) -> store.findRecord(id), Optional.empty());
	}

	private Optional<StoredTask> stored(String id) {
		return read((store) -> store.find(id), Optional.empty());
	}

	private <T> T read(Function<TaskStore, T> reading, T without) {
		Optional<TaskStore> store = this.directory.store();
		if (store.isEmpty()) {
			return without;
		}
		try {
			return reading.apply(store.get());
		}
		catch (OffloadException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new TaskStoreUnavailableException(
					"The store of tasks " + store.get() + " failed, so tasks that have ended cannot be told of", ex);
		}
	}

	@Override
	public TaskRecord require(String id) {
		return find(id).orElseThrow(() -> unknown(id));
	}

	private static UnknownTaskException unknown(String id) {
		return new UnknownTaskException(id,
				"There is no task '" + id + "': it was never submitted here, or its record is not kept any more");
	}

	@Override
	public TaskRecord await(String id, Duration limit) throws InterruptedException {
		Optional<LiveTask> live = this.directory.find(id);
		if (live.isPresent()) {
			this.directory.awaitEnd(id, limit);
			return live.get().record();
		}
		return awaitElsewhere(id, TimeUnit.NANOSECONDS.convert(limit));
	}

	private TaskRecord awaitElsewhere(String id, long limit) throws InterruptedException {
		long began = System.nanoTime();
		TaskRecord task = require(id);
		long left = limit;
		while (!task.status().isFinal() && left > 0) {
			TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
			task = require(id);
			left = limit - (System.nanoTime() - began);
		}
		return task;
	}

	@Override
	public @Nullable Object result(String id) {
		Optional<LiveTask> live = this.directory.find(id);
		StoredTask stored = live.isPresent() ? new StoredTask(live.get().record())
				: stored(id).orElseThrow(() -> unknown(id));
		TaskRecord task = stored.task();
		if (task.status() != TaskStatus.SUCCEEDED) {
			String failure = (task.failure() != null) ? ": " + task.failure() : "";
			throw new IllegalStateException("Task '" + id + "' of executor '" + task.executor()
					+ "' has no result: it is " + task.status() + failure);
		}
		if (!stored.hasResult()) {
			throw new UnknownTaskException(id, "The result of task '" + id + "' of executor '" + task.executor()
					+ "' is not kept: results are kept of tasks that were submitted, not of those whose callers "
					+ "waited, and neither above max-result-size nor where they can be read once only");
		}
		return stored.result();
	}

	@Override
	public TaskPage list(TaskQuery query) {
		Map<String, TaskRecord> live = new HashMap<>();
		this.directory.live().forEach((task) -> live.put(task.id(), task.record()));
		if (this.directory.store().filter(TaskStore::savesUnfinished).isPresent()) {
			return listStored(query, live);
		}
		return merge(query, live);
	}

	// The store has all of them, each once; what is known here of those that have not
	// ended is newer.
	private TaskPage listStored(TaskQuery query, Map<String, TaskRecord> live) {
		TaskPage page = read((store) -> store.list(query), new TaskPage(List.of(), 0));
		return new TaskPage(page.tasks().stream().map((task) -> newer(task, live.get(task.id()), query)).toList(),
				page.total());
	}

	private static TaskRecord newer(TaskRecord stored, @Nullable TaskRecord live, TaskQuery query) {
		return (live != null && !stored.status().isFinal() && query.matches(live)) ? live : stored;
	}

	// Each live one moves those in the store by one place at most: so the page begins so
	// many places earlier there, or at the beginning.
	private TaskPage merge(TaskQuery query, Map<String, TaskRecord> live) {
		List<TaskRecord> all = new ArrayList<>(live.values().stream().filter(query::matches).toList());
		int matching = all.size();
		int first = Math.max(0, query.offset() - matching);
		TaskPage stored = stored(query, first, query.limit() + matching,
				(task) -> isHidden(task, live.get(task.id()), query));
		all.addAll(stored.tasks());
		all.sort(NEWEST_FIRST);
		int skipped = Math.min(query.offset() - first, all.size());
		return new TaskPage(all.subList(skipped, Math.min(all.size(), skipped + query.limit())),
				stored.total() + matching);
	}

	// An id that is used again is that of the new task. One that ended meanwhile is in
	// both places: it is told of once, as it was seen first.
	private static boolean isHidden(TaskRecord stored, @Nullable TaskRecord live, TaskQuery query) {
		return live != null
				&& (query.matches(live) || stored.times().submittedAt().isBefore(live.times().submittedAt()));
	}

	private TaskPage stored(TaskQuery query, int first, int count, Predicate<TaskRecord> hidden) {
		List<TaskRecord> tasks = new ArrayList<>();
		TaskPage page;
		do {
			TaskQuery next = query.page(first + tasks.size(), Math.min(count - tasks.size(), TaskQuery.MAX_LIMIT));
			page = read((store) -> store.list(next, hidden), new TaskPage(List.of(), 0));
			tasks.addAll(page.tasks());
		}
		while (tasks.size() < count && !page.tasks().isEmpty());
		return new TaskPage(tasks, page.total());
	}

	@Override
	public boolean cancel(String id) {
		Optional<LiveTask> live = this.directory.find(id);
		if (live.isPresent()) {
			return live.get().cancel();
		}
		TaskRecord task = require(id);
		if (!task.status().isFinal()) {
			throw new UnknownTaskException(id, "Task '" + id + "' of executor '" + task.executor()
					+ "' is not in this service: cancel it in the one that runs it");
		}
		return false;
	}

	@Override
	public long clear(TaskQuery query) {
		return read((store) -> store.clear(query), 0L);
	}

	@Override
	public long storeFailures() {
		return this.directory.saveFailures();
	}

	@Override
	public Optional<TaskStoreTrouble> storeTrouble() {
		return this.directory.storeTrouble();
	}

	@Override
	public String toString() {
		return "Tasks, kept by " + this.directory.store().map(Object::toString).orElse("nothing");
	}

}
