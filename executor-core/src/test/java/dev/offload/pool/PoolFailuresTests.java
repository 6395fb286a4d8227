package dev.offload.pool;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerLogging;
import dev.offload.WorkerSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolFailures}.
 */
class PoolFailuresTests {

	@Test
	void outputOfAProcessThatNeverWasIsNotSaidToBeAnywhere() {
		PoolFailures failures = new PoolFailures(ExecutorSpec.builder("pdf")
			.worker(WorkerSpec.builder().logging(WorkerLogging.INHERIT).build())
			.build());
		assertThat(failures.notStarted(-1, "no such java", List.of(), null))
			.hasMessage("Executor 'pdf': a worker could not be started: no such java");
		assertThat(failures.notStarted(7, "it exited", List.of(), null))
			.hasMessageContaining("in the output of this service");
	}

}
