package dev.offload.batch;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.ItemOutcome;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the feeding of batches, on an executor whose tasks have ended at once.
 */
class FeederTests {

	@Test
	void endedWhenTheOutcomesCannotBeMadeEndsTheBatch() {
		Outcomes outcomes = new Outcomes(10);
		BatchPlan plan = new BatchPlan(TaskOptions.DEFAULTS.withId("b"), new ChunkSizer(1, 1, Duration.ZERO), 2);
		Feeder feeder = new Feeder(new EndedTarget(), new FailingForm(), new ChunkSource(List.of(1, 2, 3)), plan,
				outcomes);
		feeder.start();
		assertThat(feeder.completion()).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withMessageContaining("no memory");
		assertThat(outcomes.isOver()).isTrue();
	}

	/**
	 * Fails with an error.
	 */
	private static final class FailingForm implements ChunkForm {

		@Override
		public BatchTarget.BatchWork work(Chunk chunk) {
			return new BatchTarget.BatchWork(() -> null, null);
		}

		@Override
		public List<ItemOutcome<?>> outcomes(Chunk chunk, @Nullable Object result) {
			throw new AssertionError("no memory");
		}

		@Override
		public long nanos(@Nullable Object result) {
			return 0;
		}

		@Override
		public boolean hasOneInstance() {
			return true;
		}

	}

	/**
	 * Runs nothing.
	 */
	private static final class EndedTarget implements BatchTarget {

		@Override
		public ExecutorSpec spec() {
			return ExecutorSpec.builder("ended").build();
		}

		@Override
		public String nextId() {
			return "b";
		}

		@Override
		public TaskHandle<?> submit(BatchWork work, TaskOptions options) {
			return TaskHandle.completed(null);
		}

		@Override
		public TaskHandle<?> offer(BatchWork work, TaskOptions options, Runnable whenRoom) {
			return TaskHandle.completed(null);
		}

		@Override
		public void execute(Runnable action) {
			action.run();
		}

	}

}
