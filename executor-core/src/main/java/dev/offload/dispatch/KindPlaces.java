package dev.offload.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.ConcurrencyLimit;
import dev.offload.ExecutorOverloadException;
import dev.offload.OverloadPolicy;
import dev.offload.RejectionReason;
import dev.offload.TaskOptions;

/**
 * How many submissions of each kind are accepted and have not ended, where one more is to
 * be refused. Safe for use by many threads.
 */
final class KindPlaces {

	private final String executor;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: kinds that have none are not there. */
	private final Map<String, Integer> taken = new HashMap<>();

	/** Guarded by the lock: run once, without it, when there may be a place of a kind. */
	private final Map<String, List<Runnable>> waiters = new HashMap<>();

	KindPlaces(String executor) {
		this.executor = executor;
	}

	/**
	 * Takes a place if the options of a submission need one.
	 * @param options the options
	 * @return the place, which is none if none is needed
	 * @throws ExecutorOverloadException if there is none
	 */
	KindPlace take(TaskOptions options) {
		ConcurrencyLimit limit = limit(options);
		if (limit == null) {
			return KindPlace.NONE;
		}
		int held = takeOne(limit, null);
		if (held >= limit.max()) {
			throw new ExecutorOverloadException(this.executor, RejectionReason.MAX_CONCURRENT, held, limit.max(),
					"Executor '" + this.executor + "' takes no more tasks of '" + limit.key() + "' at present: " + held
							+ " are accepted and have not ended, and at most " + limit.max()
							+ " may be. Try again later, let them wait (overload WAIT), or raise that limit");
		}
		return new KindPlace(this, limit.key());
	}

	/**
	 * Takes a place if the options of a submission need one and there is one.
	 * @param options the options
	 * @param whenRoom run once when there may be one, if there is none
	 * @return the place, which is none if none is needed; {@code null} if there is none
	 */
	@Nullable KindPlace takeIfRoom(TaskOptions options, Runnable whenRoom) {
		ConcurrencyLimit limit = limit(options);
		if (limit == null) {
			return KindPlace.NONE;
		}
		return (takeOne(limit, whenRoom) < limit.max()) ? new KindPlace(this, limit.key()) : null;
	}

	private static @Nullable ConcurrencyLimit limit(TaskOptions options) {
		ConcurrencyLimit limit = options.concurrency();
		return (limit != null && limit.overload() == OverloadPolicy.REJECT) ? limit : null;
	}

	// How many there were before; one more if these were not too many.
	private int takeOne(ConcurrencyLimit limit, @Nullable Runnable whenRoom) {
		this.lock.lock();
		try {
			int held = this.taken.getOrDefault(limit.key(), 0);
			if (held < limit.max()) {
				this.taken.put(limit.key(), held + 1);
			}
			else if (whenRoom != null) {
				this.waiters.computeIfAbsent(limit.key(), (key) -> new ArrayList<>()).add(whenRoom);
			}
			return held;
		}
		finally {
			this.lock.unlock();
		}
	}

	void giveBack(String key) {
		List<Runnable> told;
		this.lock.lock();
		try {
			this.taken.computeIfPresent(key, (same, held) -> (held > 1) ? held - 1 : null);
			told = this.waiters.remove(key);
		}
		finally {
			this.lock.unlock();
		}
		if (told != null) {
			told.forEach(Runnable::run);
		}
	}

	// Those that wait have something else to hear.
	void tellAll() {
		List<Runnable> told = new ArrayList<>();
		this.lock.lock();
		try {
			this.waiters.values().forEach(told::addAll);
			this.waiters.clear();
		}
		finally {
			this.lock.unlock();
		}
		told.forEach(Runnable::run);
	}

	int held(String key) {
		this.lock.lock();
		try {
			return this.taken.getOrDefault(key, 0);
		}
		finally {
			this.lock.unlock();
		}
	}

}
