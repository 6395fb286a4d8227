package dev.offload.dispatch;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.QuarantinedException;
import dev.offload.QuarantinedWork;
import dev.offload.RetrySpec;
import dev.offload.spi.Payload;

/**
 * Remembers which work has crashed workers, and refuses for a time what has crashed too
 * many. While nothing is remembered it costs one look. Safe for use by many threads.
 */
final class Quarantine {

	private static final Logger logger = LoggerFactory.getLogger(Quarantine.class);

	/** Beyond it the one that crashed longest ago is forgotten. */
	static final int MOST = 1000;

	private final String executor;

	private final LongSupplier clock;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: by key, the one that crashed last is the last. */
	private final Map<String, Entry> entries = new LinkedHashMap<>();

	/** Written under the lock: whether there are entries. */
	private volatile boolean used;

	Quarantine(String executor, LongSupplier clock) {
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Refuses work that is in quarantine.
	 * @param task whose work it is
	 * @param work the work
	 * @param payload its encoded form, {@code null} if it has none
	 * @throws QuarantinedException if it is refused
	 */
	void require(Submission task, Work work, @Nullable Payload payload) {
		require(task, work, () -> payload);
	}

	/**
	 * Refuses work that is in quarantine, and has no encoded form unless it is needed.
	 * @param task whose work it is
	 * @param work the work
	 * @param payload gives its encoded form, {@code null} if it has none
	 * @throws QuarantinedException if it is refused
	 */
	void require(Submission task, Work work, Supplier<@Nullable Payload> payload) {
		if (this.used && concerns(task, work)) {
			String key = key(task, work, (task.options().key() != null) ? null : payload.get());
			Entry entry = (key != null) ? find(key) : null;
			if (key != null && entry != null && entry.closed()) {
				throw refused(task, key, entry);
			}
		}
	}

	private QuarantinedException refused(Submission task, String key, Entry entry) {
		Duration remaining = Duration.ofNanos(entry.until() - this.clock.getAsLong());
		return new QuarantinedException(this.executor, key, entry.crashes(), remaining,
				"Executor '" + this.executor + "': " + task.label() + " is refused for "
						+ Math.max(1, remaining.toSeconds()) + " s still (retry.quarantine), for this work has crashed "
						+ entry.crashes() + " workers; its key is '" + key
						+ "'. Find out why from the crash reports in the log, or release it as an operator");
	}

	// Whether its key may be one of those known; a key of a given name is cheap.
	private boolean concerns(Submission task, Work work) {
		if (task.options().key() != null) {
			return true;
		}
		this.lock.lock();
		try {
			trim();
			this.used = !this.entries.isEmpty();
			return this.entries.values().stream().anyMatch((entry) -> entry.work().equals(work.label()));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Some work has crashed a worker.
	 * @param task the task that did it
	 * @param rules how many it may crash in what time
	 * @return how many it has crashed by now in that time, 1 where nothing is remembered
	 */
	int crashed(PendingTask task, RetrySpec rules) {
		Submission submission = task.submission();
		String key = rules.quarantine().isZero() ? null : key(submission, task.work(), task.payload());
		if (key == null) {
			return 1;
		}
		Entry entry;
		this.lock.lock();
		try {
			Entry before = live(this.entries.remove(key));
			int crashes = (before != null) ? before.crashes() + 1 : 1;
			entry = new Entry(submission.label(), task.work().label(), crashes,
					this.clock.getAsLong() + TimeUnit.NANOSECONDS.convert(rules.quarantine()),
					crashes >= rules.maxCrashes());
			this.entries.put(key, entry);
			trim();
			this.used = true;
		}
		finally {
			this.lock.unlock();
		}
		if (entry.closed()) {
			logger.warn("Executor '{}': {} has crashed {} workers and is refused for {} (retry.quarantine); its key is "
					+ "'{}'", this.executor, submission, entry.crashes(), rules.quarantine(), key);
		}
		return entry.crashes();
	}

	// Only with the lock.
	private void trim() {
		this.entries.values().removeIf((entry) -> live(entry) == null);
		Iterator<String> oldest = this.entries.keySet().iterator();
		while (this.entries.size() > MOST) {
			oldest.next();
			oldest.remove();
		}
	}

	// Work that had crashed workers has come to a good end.
	void succeeded(PendingTask task) {
		String key = this.used ? key(task.submission(), task.work(), task.payload()) : null;
		if (key != null) {
			release(key);
		}
	}

	/**
	 * Forgets what some work has done.
	 * @param key what names it
	 * @return whether it was refused
	 */
	boolean release(String key) {
		this.lock.lock();
		try {
			Entry entry = live(this.entries.remove(key));
			this.used = !this.entries.isEmpty();
			return entry != null && entry.closed();
		}
		finally {
			this.lock.unlock();
		}
	}

	List<QuarantinedWork> list() {
		long now = this.clock.getAsLong();
		this.lock.lock();
		try {
			return this.entries.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().closed() && live(entry.getValue()) != null)
				.map((entry) -> new QuarantinedWork(entry.getKey(), entry.getValue().label(),
						entry.getValue().crashes(), Duration.ofNanos(entry.getValue().until() - now)))
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Entry find(String key) {
		this.lock.lock();
		try {
			return live(this.entries.get(key));
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Entry live(@Nullable Entry entry) {
		return (entry != null && entry.until() - this.clock.getAsLong() > 0) ? entry : null;
	}

	private static @Nullable String key(Submission task, Work work, @Nullable Payload payload) {
		String given = task.options().key();
		if (given != null || payload == null) {
			return given;
		}
		return work.label() + "#" + PayloadDigest.of(payload);
	}

	/**
	 * Work that has crashed workers.
	 *
	 * @param label the label of the last task
	 * @param work the name of what it does
	 * @param crashes how many
	 * @param until when that is forgotten, by the clock
	 * @param closed whether it is refused until then
	 */
	private record Entry(String label, String work, int crashes, long until, boolean closed) {

	}

}
