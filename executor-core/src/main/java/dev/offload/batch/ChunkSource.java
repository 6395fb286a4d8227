package dev.offload.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the items of a batch, by one thread at a time.
 */
final class ChunkSource {

	private final Iterator<?> items;

	private final long known;

	private long taken;

	/** Thrown by the items, when some that came before were still to be given. */
	private @Nullable Throwable failure;

	ChunkSource(Iterable<?> items) {
		this.items = items.iterator();
		this.known = (items instanceof Collection<?> collection) ? collection.size() : -1;
	}

	// How many items there are, -1 if only the end will tell.
	long known() {
		return this.known;
	}

	// How many items are left, -1 if that is not known.
	long left() {
		return (this.known < 0) ? -1 : Math.max(0, this.known - this.taken);
	}

	long taken() {
		return this.taken;
	}

	// What came before a failure of the items is given first.
	@Nullable Chunk next(int size) {
		List<@Nullable Object> chunk = new ArrayList<>(Math.min(size, 1024));
		if (this.failure == null) {
			read(size, chunk);
		}
		if (chunk.isEmpty()) {
			throwFailure();
			return null;
		}
		Chunk next = new Chunk(this.taken, chunk);
		this.taken += chunk.size();
		return next;
	}

	private void read(int size, List<@Nullable Object> chunk) {
		try {
			while (chunk.size() < size && this.items.hasNext()) {
				chunk.add(this.items.next());
			}
		}
		catch (RuntimeException | Error ex) {
			this.failure = ex;
		}
	}

	private void throwFailure() {
		if (this.failure instanceof Error error) {
			throw error;
		}
		if (this.failure instanceof RuntimeException exception) {
			throw exception;
		}
	}

}
