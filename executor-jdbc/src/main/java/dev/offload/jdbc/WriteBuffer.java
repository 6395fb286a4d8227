package dev.offload.jdbc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * What is to be written still: one row for each task, the last that is known of it. A
 * call that ends before anything of it was written leaves nothing. The memory it takes is
 * bounded: results go first, then tasks that have ended, the oldest before the others.
 * Those that have not ended are as many as executors admit. Safe for use by many threads.
 */
final class WriteBuffer {

	/** So much is made free at once, so that not every task has to look for room. */
	private static final double LEFT = 0.9;

	private final int maxRows;

	private final long maxBytes;

	private final ReentrantLock lock = new ReentrantLock();

	/** In the order in which they are to be written. Guarded by the lock. */
	private final Map<String, TaskRow> rows = new LinkedHashMap<>();

	/** Of these nothing was ever taken to be written. Guarded by the lock. */
	private final Set<String> fresh = new HashSet<>();

	/** The ids of those that have ended, in that order. Guarded by the lock. */
	private final Set<String> ended = new LinkedHashSet<>();

	/** The ids of those with results, in the order of these. Guarded by the lock. */
	private final Set<String> results = new LinkedHashSet<>();

	/** The ids of those that are being written. Guarded by the lock. */
	private final Set<String> taken = new HashSet<>();

	/** Guarded by the lock. */
	private long bytes;

	/** Guarded by the lock. */
	private long droppedRows;

	/** Guarded by the lock. */
	private long droppedResults;

	WriteBuffer(int maxRows, long maxBytes) {
		this.maxRows = maxRows;
		this.maxBytes = maxBytes;
	}

	// Tells whether it was empty. A passing one is of a call: nobody is likely to ask for
	// it after its end.
	boolean put(TaskRow row, boolean passing) {
		this.lock.lock();
		try {
			boolean empty = this.rows.isEmpty();
			TaskRow known = this.rows.get(row.id());
			if (passing && row.hasEnded() && leavesNothing(row, known)) {
				if (known != null) {
					forget(known);
				}
			}
			else if (known == null || !row.isOlderThan(known)) {
				keep(row, known);
			}
			return empty;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean leavesNothing(TaskRow row, @Nullable TaskRow known) {
		return (known != null) ? this.fresh.contains(row.id()) && row.isOfSameSubmission(known) : row.isRejected();
	}

	// One that is being written goes to the end when there is news of it, or those that
	// came before would wait for it once more.
	private void keep(TaskRow row, @Nullable TaskRow known) {
		boolean fresh = (known != null) ? this.fresh.contains(row.id()) && row.isOfSameSubmission(known)
				: row.isFirst();
		if (known != null) {
			uncount(known);
			if (this.taken.remove(row.id())) {
				this.rows.remove(row.id());
			}
		}
		this.rows.put(row.id(), row);
		this.bytes += row.bytes();
		if (row.hasEnded()) {
			this.ended.add(row.id());
		}
		if (row.result() != null) {
			this.results.add(row.id());
		}
		if (fresh) {
			this.fresh.add(row.id());
		}
		makeRoom();
	}

	private void forget(TaskRow row) {
		uncount(row);
		this.rows.remove(row.id());
	}

	private void uncount(TaskRow row) {
		this.bytes -= row.bytes();
		this.ended.remove(row.id());
		this.results.remove(row.id());
		this.fresh.remove(row.id());
	}

	@Nullable TaskRow get(String id) {
		this.lock.lock();
		try {
			return this.rows.get(id);
		}
		finally {
			this.lock.unlock();
		}
	}

	// The first of them, which stay until they are written.
	List<TaskRow> first(int maxCount, long maxTogether) {
		List<TaskRow> first = new ArrayList<>();
		long together = 0;
		this.lock.lock();
		try {
			this.taken.clear();
			for (TaskRow row : this.rows.values()) {
				together += row.bytes();
				if (first.size() >= maxCount || (together > maxTogether && !first.isEmpty())) {
					break;
				}
				first.add(row);
				this.taken.add(row.id());
				this.fresh.remove(row.id());
			}
		}
		finally {
			this.lock.unlock();
		}
		return first;
	}

	// They are written. What has come meanwhile stays.
	@SuppressWarnings("ReferenceEquality")
	void remove(List<TaskRow> written) {
		this.lock.lock();
		try {
			for (TaskRow row : written) {
				if (this.rows.get(row.id()) == row) {
					forget(row);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// The database will not have it.
	void drop(TaskRow row) {
		this.lock.lock();
		try {
			remove(List.of(row));
			this.droppedRows++;
		}
		finally {
			this.lock.unlock();
		}
	}

	int size() {
		this.lock.lock();
		try {
			return this.rows.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	long bytes() {
		this.lock.lock();
		try {
			return this.bytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	long droppedRows() {
		this.lock.lock();
		try {
			return this.droppedRows;
		}
		finally {
			this.lock.unlock();
		}
	}

	long droppedResults() {
		this.lock.lock();
		try {
			return this.droppedResults;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void makeRoom() {
		if (this.bytes > this.maxBytes) {
			while (this.bytes > this.maxBytes * LEFT && !this.results.isEmpty()) {
				dropResult(this.results.iterator().next());
			}
		}
		if (this.rows.size() > this.maxRows) {
			while (this.rows.size() > this.maxRows * LEFT && !this.ended.isEmpty()) {
				dropEnded(this.ended.iterator().next());
			}
		}
	}

	private void dropResult(String id) {
		TaskRow row = this.rows.get(id);
		this.results.remove(id);
		if (row != null) {
			this.bytes -= row.bytes();
			this.droppedResults++;
			this.rows.put(id, row.withoutResult());
		}
	}

	private void dropEnded(String id) {
		TaskRow row = this.rows.get(id);
		this.ended.remove(id);
		if (row != null) {
			forget(row);
			this.droppedRows++;
		}
	}

}
