package dev.offload.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is buffered, one batch after the other. Safe for use by many threads, of
 * which one writes at a time.
 */
final class TaskWriting {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTaskStore.class);

	/** The most rows of a transaction. */
	private static final int BATCH = 200;

	/** The most bytes of results in a transaction that has several. */
	private static final long BATCH_BYTES = 8L * 1024 * 1024;

	private final Database database;

	private final TaskTable table;

	private final WriteBuffer buffer;

	private final Lease lease;

	/** Who holds it writes. */
	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicLong written = new AtomicLong();

	TaskWriting(Database database, TaskTable table, WriteBuffer buffer, Lease lease) {
		this.database = database;
		this.table = table;
		this.buffer = buffer;
		this.lease = lease;
	}

	long written() {
		return this.written.get();
	}

	// Writes all that was buffered when it was called. The service says before that it is
	// there, or others would take its tasks for lost ones.
	void writeAll() throws SQLException {
		this.lock.lock();
		try {
			int left = this.buffer.size();
			while (left > 0) {
				this.lease.renewIfDue();
				List<TaskRow> batch = this.buffer.first(Math.min(BATCH, left), BATCH_BYTES);
				if (batch.isEmpty()) {
					return;
				}
				write(batch);
				left -= batch.size();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// Nothing is buffered or on its way when it runs, but what comes meanwhile. Who
	// writes holds up nobody for longer than the database may take for an answer.
	<T> T afterwards(Database.Transaction<T> transaction) throws SQLException {
		acquire();
		try {
			writeAll();
		}
		finally {
			this.lock.unlock();
		}
		return this.database.run(transaction);
	}

	private void acquire() throws SQLException {
		try {
			if (this.lock.tryLock(this.database.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("its caller was interrupted", ex);
		}
		throw new SQLTimeoutException(
				"what is to be written was not within " + this.database.timeout().toMillis() + " ms");
	}

	private void write(List<TaskRow> batch) throws SQLException {
		try {
			store(batch);
		}
		catch (SQLException | RuntimeException ex) {
			if (!SqlFailures.isOfData(ex)) {
				throw ex;
			}
			for (TaskRow row : batch) {
				writeAlone(row);
			}
		}
	}

	// One row that the database refuses must not keep back all others.
	private void writeAlone(TaskRow row) throws SQLException {
		try {
			store(List.of(row));
		}
		catch (SQLException | RuntimeException ex) {
			if (!SqlFailures.isOfData(ex)) {
				throw ex;
			}
			this.buffer.drop(row);
			logger.warn("Task {} of executor '{}' is not kept, the database refused it: {}", row.id(),
					row.task().executor(), SqlFailures.describe(ex));
		}
	}

	private void store(List<TaskRow> rows) throws SQLException {
		this.database.run((connection, dialect) -> {
			this.table.write(connection, dialect, rows, this.lease.service());
			return rows;
		});
		this.buffer.remove(rows);
		this.written.addAndGet(rows.size());
	}

}
