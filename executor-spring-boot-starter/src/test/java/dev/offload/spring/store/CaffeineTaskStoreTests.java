package dev.offload.spring.store;

import java.time.Duration;

import dev.offload.registry.MemoryTaskStore;
import dev.offload.spi.TaskStore;
import dev.offload.test.TaskStoreContract;

/**
 * Tests for a store on {@link CaffeineTaskCache}: it does what every store does.
 */
class CaffeineTaskStoreTests extends TaskStoreContract {

	@Override
	protected TaskStore create(Duration resultTtl) {
		return MemoryTaskStore.builder().resultTtl(resultTtl).cache(CaffeineTaskCache::new).build();
	}

}
