package dev.offload.jdbc;

import java.time.Duration;

import dev.offload.spi.TaskStore;

/**
 * The contract, on H2, for tasks that were written before they are asked for.
 */
class H2WrittenTaskStoreTests extends H2TaskStoreTests {

	@Override
	protected TaskStore create(Duration resultTtl) {
		return new WrittenThrough(super.create(resultTtl));
	}

}
