package dev.offload.spring.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSnapshot;
import dev.offload.RejectionReason;
import dev.offload.RetryReason;
import dev.offload.TaskStatus;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerState;
import dev.offload.spring.Words;
import dev.offload.spring.metrics.OwnedMeters.Description;

/**
 * The meters of one executor, in as many registries as there are. Gauges and counters
 * read its snapshot; workers are counted by reason from its events, also those from
 * before there was a registry. Safe for use by many threads.
 */
final class ExecutorMeters {

	private static final Description STARTED = new Description("workers.started", null, "Worker processes started");

	private static final Description ENDED = new Description("workers.ended", null, "Worker processes ended");

	private final String executor;

	private final ExecutorMeterConvention convention;

	private final Supplier<@Nullable ExecutorSnapshot> snapshots;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: it is bound to no registry any more. */
	private boolean removed;

	/** Set by any thread: what it has is known. */
	private volatile boolean expected;

	/** Written under the lock, so that each registry has each meter once. */
	private final List<OwnedMeters> bound = new CopyOnWriteArrayList<>();

	/** Written under the lock. */
	private final Map<Description, LongAdder> workers = new ConcurrentHashMap<>();

	/**
	 * Creates them, in no registry.
	 * @param executor the name of the executor
	 * @param convention names and tags
	 * @param snapshots gives its numbers, {@code null} while it is not there yet
	 */
	ExecutorMeters(String executor, ExecutorMeterConvention convention,
			Supplier<@Nullable ExecutorSnapshot> snapshots) {
		this.executor = executor;
		this.convention = convention;
		this.snapshots = snapshots;
	}

	// Does nothing where they are in that registry.
	void bindTo(MeterRegistry registry) {
		this.lock.lock();
		try {
			if (!this.removed && this.bound.stream().noneMatch((meters) -> meters.isIn(registry))) {
				OwnedMeters meters = new OwnedMeters(registry, this.convention, this.executor);
				bindGauges(meters);
				bindCounters(meters);
				this.workers.forEach((meter, count) -> meters.counter(meter, count, LongAdder::sum));
				this.bound.add(meters);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void bindGauges(OwnedMeters meters) {
		gauge(meters, new Description("pending", "tasks", "Accepted tasks that have not ended"),
				ExecutorSnapshot::pending);
		gauge(meters, new Description("pending.max", "tasks", "The most tasks that may be pending"),
				ExecutorSnapshot::maxPending);
		gauge(meters, new Description("active", "tasks", "Tasks that run"), ExecutorSnapshot::active);
		gauge(meters, new Description("queued", "tasks", "Tasks that wait for a worker"), ExecutorSnapshot::queued);
		gauge(meters, new Description("retrying", "tasks", "Tasks that failed and wait to be tried again"),
				ExecutorSnapshot::retrying);
		gauge(meters, new Description("workers.max", null, "The most workers that there may be"),
				ExecutorSnapshot::maxWorkers);
		gauge(meters, new Description("workers.cached", null, "Worker processes that started from a start-up cache"),
				ExecutorMeters::countCached);
		Description workersNow = new Description("workers", null, "Worker processes");
		for (WorkerState state : WorkerState.values()) {
			gauge(meters, workersNow.with("state", Words.of(state)), (snapshot) -> count(snapshot, state));
		}
	}

	private static double countCached(ExecutorSnapshot snapshot) {
		return snapshot.workers().stream().filter(WorkerSnapshot::startedFromCache).count();
	}

	private void bindCounters(OwnedMeters meters) {
		counter(meters, new Description("submitted", "tasks", "Tasks accepted"), ExecutorSnapshot::submitted);
		Description completed = new Description("completed", "tasks", "Tasks ended");
		for (TaskStatus status : TaskStatus.values()) {
			if (status.isOutcome()) {
				counter(meters, completed.with("outcome", Words.of(status)),
						(snapshot) -> snapshot.completed().getOrDefault(status, 0L));
			}
		}
		Description rejected = new Description("rejected", "tasks", "Tasks refused");
		for (RejectionReason reason : RejectionReason.values()) {
			counter(meters, rejected.with("reason", Words.of(reason)),
					(snapshot) -> snapshot.rejected().getOrDefault(reason, 0L));
		}
		Description retries = new Description("retries", "tasks", "Attempts that followed others");
		for (RetryReason reason : RetryReason.values()) {
			counter(meters, retries.with("reason", Words.of(reason)),
					(snapshot) -> snapshot.retried().getOrDefault(reason, 0L));
		}
	}

	private void gauge(OwnedMeters meters, Description meter, ToDoubleFunction<ExecutorSnapshot> value) {
		meters.gauge(meter, this, (from) -> from.read(value));
	}

	private void counter(OwnedMeters meters, Description meter, ToDoubleFunction<ExecutorSnapshot> value) {
		meters.counter(meter, this, (from) -> from.read(value));
	}

	private double read(ToDoubleFunction<ExecutorSnapshot> value) {
		ExecutorSnapshot snapshot = this.snapshots.get();
		return (snapshot != null) ? value.applyAsDouble(snapshot) : 0;
	}

	private static double count(ExecutorSnapshot snapshot, WorkerState state) {
		return snapshot.workers().stream().filter((worker) -> worker.state() == state).count();
	}

	// It has worker processes: all that can become of them is counted from zero, for an
	// increase from nothing at all is none to those who watch it.
	void expectWorkers() {
		WorkerReasons.STARTED.forEach((reason) -> workers(STARTED.with("reason", reason)));
		WorkerReasons.ENDED.forEach((reason) -> workers(ENDED.with("reason", reason)));
	}

	// Its type was looked at, once.
	void expected() {
		this.expected = true;
	}

	boolean isExpected() {
		return this.expected;
	}

	void workerStarted(String reason) {
		workers(STARTED.with("reason", reason)).increment();
	}

	void workerEnded(String reason) {
		workers(ENDED.with("reason", reason)).increment();
	}

	private LongAdder workers(Description meter) {
		LongAdder known = this.workers.get(meter);
		if (known != null) {
			return known;
		}
		this.lock.lock();
		try {
			return this.workers.computeIfAbsent(meter, (missing) -> {
				LongAdder count = new LongAdder();
				this.bound.forEach((meters) -> meters.counter(meter, count, LongAdder::sum));
				return count;
			});
		}
		finally {
			this.lock.unlock();
		}
	}

	void waited(Duration time) {
		this.bound.forEach((meters) -> meters.time("wait", "", "How long tasks waited for a worker", time));
	}

	void ran(String outcome, Duration time) {
		this.bound.forEach((meters) -> meters.time("run", outcome, "How long tasks ran", time));
	}

	void remove() {
		this.lock.lock();
		try {
			this.removed = true;
			this.bound.forEach(OwnedMeters::remove);
		}
		finally {
			this.lock.unlock();
		}
	}

}
