package dev.offload.batch;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Items that make one task.
 *
 * @param first the index of the first of them
 * @param items the items, one or more
 */
record Chunk(long first, List<@Nullable Object> items) {

	int size() {
		return this.items.size();
	}

	Chunk firstHalf() {
		return new Chunk(this.first, this.items.subList(0, size() / 2));
	}

	Chunk secondHalf() {
		return new Chunk(this.first + size() / 2, this.items.subList(size() / 2, size()));
	}

}
