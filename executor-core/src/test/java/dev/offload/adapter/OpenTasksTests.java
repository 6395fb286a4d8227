package dev.offload.adapter;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tasks of a service.
 */
class OpenTasksTests {

	@Test
	void acceptedWhenAllWereCancelledMeanwhileCancelsTheTask() {
		OpenTasks tasks = new OpenTasks("pool");
		CompletableFuture<Object> task = new CompletableFuture<>();
		tasks.enter();
		tasks.shutdown();
		assertThat(tasks.cancelAll()).isEmpty();
		assertThat(tasks.isTerminated()).isFalse();
		tasks.accepted(task, () -> {
			task.cancel(true);
			return null;
		});
		assertThat(task).isCancelled();
		assertThat(tasks.isTerminated()).isTrue();
	}

}
