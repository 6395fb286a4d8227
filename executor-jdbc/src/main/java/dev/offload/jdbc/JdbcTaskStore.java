package dev.offload.jdbc;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStoreTrouble;
import dev.offload.TaskStoreUnavailableException;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;

/**
 * Keeps tasks and their results in a database. What is saved is written a little later by
 * one thread; until then it is found in memory. While the database does not answer, tasks
 * go on and wait to be written, and what asks for them gets a
 * {@link TaskStoreUnavailableException}.
 * <p>
 * Several services can share the tables. Tasks that had not ended when their service did
 * are marked as failed, by it or by another one of them.
 */
public final class JdbcTaskStore implements TaskStore {

	private static final String WHY = ", the database does not answer as it should: ";

	private final Database database;

	private final TaskTable table;

	private final WriteBuffer buffer;

	private final TaskWriting writing;

	private final WriterThread writer;

	private final ResultCodec codec;

	private final StoreSettings settings;

	private final Clock clock;

	JdbcTaskStore(Database database, StoreSettings settings, WriteBuffer buffer, ResultCodec codec, Clock clock) {
		this.database = database;
		this.settings = settings;
		this.clock = clock;
		this.codec = codec;
		this.buffer = buffer;
		this.table = new TaskTable(settings.tablePrefix());
		Lease lease = new Lease(this.database, new ServiceTable(settings.tablePrefix()), settings.lease());
		this.writing = new TaskWriting(this.database, this.table, this.buffer, lease);
		Upkeep upkeep = new Upkeep(this.database, settings.tablePrefix(), lease, settings.resultTtl(), clock);
		this.writer = new WriterThread(upkeep, this.writing, this.buffer, settings);
	}

	/**
	 * Starts with the defaults.
	 * @param dataSource the database
	 * @return a builder
	 */
	public static JdbcTaskStoreBuilder builder(DataSource dataSource) {
		return new JdbcTaskStoreBuilder(dataSource);
	}

	JdbcTaskStore start() {
		this.writer.start();
		return this;
	}

	/**
	 * Sees to it that the tables are there. A database that does not answer passes, for
	 * it may do so later.
	 * @throws IllegalStateException if the database answers and has not got them
	 * @throws IllegalArgumentException if it is none that is supported
	 */
	public void requireTables() {
		try {
			this.database
				.run((connection, dialect) -> this.table.list(connection, TaskQuery.ALL, this.clock.instant()));
		}
		catch (SQLException ex) {
			if (SqlFailures.isOfSchema(ex)) {
				String name = this.settings.tablePrefix() + "TASK";
				throw new IllegalStateException("Tasks cannot be kept in the database: its table " + name
						+ " is not there or not as it should be (" + SqlFailures.describe(ex)
						+ "). Run the script dev/offload/jdbc/schema-*.sql of its kind, or set "
						+ "offload.jdbc.initialize-schema to always", ex);
			}
		}
	}

	@Override
	public boolean savesUnfinished() {
		return true;
	}

	@Override
	public void save(StoredTask stored) {
		if (stored.task().id().length() > TaskColumn.MAX_ID) {
			throw new IllegalArgumentException(
					"Task " + stored.task().id() + " of executor '" + stored.task().executor()
							+ "' is not kept: its id has more than " + TaskColumn.MAX_ID + " characters");
		}
		TaskRow row = TaskRow.of(stored.task(), this.codec.encode(stored), this.settings.resultTtl());
		if (this.buffer.put(row, stored.awaited() && !this.settings.shortCalls())) {
			this.writer.signal();
		}
	}

	@Override
	public Optional<StoredTask> find(String id) {
		return row(id, true).map(this.codec::decode);
	}

	@Override
	public Optional<TaskRecord> findRecord(String id) {
		return row(id, false).map(TaskRow::storable);
	}

	private Optional<TaskRow> row(String id, boolean withResult) {
		TaskRow unwritten = this.buffer.get(id);
		if (unwritten != null && unwritten.isRejected() && failure() == null) {
			return written(id, withResult).filter((row) -> unwritten.isOlderThan(row))
				.or(() -> Optional.of(unwritten).filter(this::isCurrent));
		}
		return (unwritten != null) ? Optional.of(unwritten).filter(this::isCurrent) : written(id, withResult);
	}

	private boolean isCurrent(TaskRow row) {
		return !row.isExpired(this.clock.instant());
	}

	private Optional<TaskRow> written(String id, boolean withResult) {
		requireAvailable("Task " + id + " cannot be looked for");
		try {
			return this.database
				.run((connection, dialect) -> this.table.find(connection, id, this.clock.instant(), withResult));
		}
		catch (SQLException ex) {
			throw unavailable("Task " + id + " cannot be looked for", ex);
		}
	}

	@Override
	public TaskPage list(TaskQuery query) {
		requireAvailable("Tasks cannot be listed");
		try {
			return this.writing
				.afterwards((connection, dialect) -> this.table.list(connection, query, this.clock.instant()));
		}
		catch (SQLException ex) {
			throw unavailable("Tasks cannot be listed", ex);
		}
	}

	@Override
	public long clear(TaskQuery query) {
		requireAvailable("Tasks cannot be removed");
		try {
			return this.writing
				.afterwards((connection, dialect) -> this.table.clear(connection, query, this.clock.instant()));
		}
		catch (SQLException ex) {
			throw unavailable("Tasks cannot be removed", ex);
		}
	}

	/**
	 * How it fares.
	 * @return what is true now
	 */
	public JdbcTaskStoreState state() {
		return new JdbcTaskStoreState(failure(), this.buffer.size(), this.buffer.bytes(), this.writing.written(),
				this.writer.failures(), this.buffer.droppedRows(), this.codec.unkept() + this.buffer.droppedResults());
	}

	@Override
	public Optional<TaskStoreTrouble> trouble() {
		return this.writer.trouble().or(this.database::hanging);
	}

	@Override
	public void close() {
		this.writer.close();
	}

	private @Nullable String failure() {
		return trouble().map(TaskStoreTrouble::error).orElse(null);
	}

	// Nobody waits for a database that is known to be away: many would, and each as long
	// as a connection may take.
	private void requireAvailable(String what) {
		String failure = failure();
		if (failure != null) {
			throw new TaskStoreUnavailableException(what + WHY + failure, null);
		}
	}

	private static TaskStoreUnavailableException unavailable(String what, SQLException ex) {
		return new TaskStoreUnavailableException(what + WHY + SqlFailures.describe(ex), ex);
	}

	@Override
	public String toString() {
		return "JdbcTaskStore of " + this.settings.tablePrefix() + "TASK";
	}

}
