package dev.offload.jdbc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskStatus;

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

	/** In the order in which tasks came. Guarded by the lock. */
	private final Map<String, TaskRow> rows = new LinkedHashMap<>();

	/** Of these nothing was ever taken to be written. Guarded by the lock. */
	private final Set<String> fresh = new HashSet<>();

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
			if (passing && row.hasEnded() && isUnwritten(row, known)) {
				this.rows.remove(row.id());
				this.fresh.remove(row.id());
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

	private boolean isUnwritten(TaskRow row, @Nullable TaskRow known) {
		return (known != null) ? this.fresh.contains(row.id()) : row.task().status() == TaskStatus.REJECTED;
	}

	private void keep(TaskRow row, @Nullable TaskRow known) {
		this.rows.put(row.id(), row);
		this.bytes += row.bytes() - ((known != null) ? known.bytes() : 0);
		if (known == null && row.isFirst()) {
			this.fresh.add(row.id());
		}
		makeRoom();
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
			for (TaskRow row : this.rows.values()) {
				together += row.bytes();
				if (first.size() >= maxCount || (together > maxTogether && !first.isEmpty())) {
					break;
				}
				first.add(row);
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
					this.rows.remove(row.id());
					this.bytes -= row.bytes();
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
			for (Map.Entry<String, TaskRow> entry : this.rows.entrySet()) {
				if (this.bytes <= this.maxBytes * LEFT) {
					break;
				}
				dropResult(entry);
			}
		}
		if (this.rows.size() > this.maxRows) {
			Iterator<TaskRow> all = this.rows.values().iterator();
			while (all.hasNext() && this.rows.size() > this.maxRows * LEFT) {
				dropIfEnded(all);
			}
		}
	}

	private void dropResult(Map.Entry<String, TaskRow> entry) {
		TaskRow row = entry.getValue();
		if (row.result() != null) {
			this.bytes -= row.bytes();
			this.droppedResults++;
			entry.setValue(row.withoutResult());
		}
	}

	private void dropIfEnded(Iterator<TaskRow> all) {
		TaskRow row = all.next();
		if (row.hasEnded()) {
			all.remove();
			this.fresh.remove(row.id());
			this.bytes -= row.bytes();
			this.droppedRows++;
		}
	}

}
