package dev.offload.test;

import java.time.Duration;

import dev.offload.registry.MemoryTaskStore;
import dev.offload.spi.TaskStore;

/**
 * Tests for {@link MemoryTaskStore}: it does what every store does.
 */
class MemoryTaskStoreTests extends TaskStoreContract {

	@Override
	protected TaskStore create(Duration resultTtl) {
		return MemoryTaskStore.builder().resultTtl(resultTtl).build();
	}

}
