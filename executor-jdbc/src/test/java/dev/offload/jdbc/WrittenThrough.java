package dev.offload.jdbc;

import java.util.Optional;

import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.spi.StoredTask;
import dev.offload.spi.TaskStore;

/**
 * A store that has written what it saves.
 */
final class WrittenThrough implements TaskStore {

	private final TaskStore store;

	WrittenThrough(TaskStore store) {
		this.store = store;
	}

	@Override
	public void save(StoredTask task) {
		this.store.save(task);
		this.store.list(TaskQuery.ALL);
	}

	@Override
	public boolean savesUnfinished() {
		return this.store.savesUnfinished();
	}

	@Override
	public Optional<StoredTask> find(String id) {
		return this.store.find(id);
	}

	@Override
	public Optional<TaskRecord> findRecord(String id) {
		return this.store.findRecord(id);
	}

	@Override
	public TaskPage list(TaskQuery query) {
		return this.store.list(query);
	}

	@Override
	public long clear(TaskQuery query) {
		return this.store.clear(query);
	}

	@Override
	public void close() {
		this.store.close();
	}

}
