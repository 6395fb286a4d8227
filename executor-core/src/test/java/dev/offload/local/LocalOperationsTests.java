package dev.offload.local;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what an operator can do with executors without processes.
 */
class LocalOperationsTests {

	private final OffloadExecutor threads = new ThreadExecutorFactory()
		.create(ExecutorSpec.builder("threads").type(ExecutorSpec.THREAD).maxWorkers(2).build());

	private final OffloadExecutor inline = new InlineExecutorFactory()
		.create(ExecutorSpec.builder("direct").type(ExecutorSpec.INLINE).build());

	private final CountDownLatch open = new CountDownLatch(1);

	@AfterEach
	void closeAll() {
		this.open.countDown();
		this.threads.closeNow();
		this.inline.closeNow();
	}

	@Test
	void moreThreadsRunMoreTasksAtOnce() {
		submitAll(3);
		await().until(() -> this.threads.snapshot().active() == 2);
		this.threads.operations().resize(3);
		await().until(() -> this.threads.snapshot().active() == 3);
		assertThat(this.threads.snapshot().maxWorkers()).isEqualTo(3);
	}

	@Test
	void fewerThreadsLetTheirTasksEnd() {
		List<TaskHandle<Boolean>> first = submitAll(2);
		await().until(() -> this.threads.snapshot().active() == 2);
		this.threads.operations().resize(1);
		this.open.countDown();
		first.forEach((task) -> assertThat(task.future().join()).isTrue());
		CountDownLatch later = new CountDownLatch(1);
		List<TaskHandle<Boolean>> second = IntStream.range(0, 2)
			.mapToObj((i) -> this.threads.submit(() -> later.await(30, TimeUnit.SECONDS)))
			.toList();
		assertThat(this.threads.snapshot().active()).isEqualTo(1);
		assertThat(this.threads.snapshot().queued()).isEqualTo(1);
		later.countDown();
		second.forEach((task) -> assertThat(task.future().join()).isTrue());
	}

	@Test
	void pausedThreadsLetTasksWait() {
		this.threads.operations().pause();
		TaskHandle<Integer> task = this.threads.submit(() -> 1);
		assertThat(this.threads.snapshot().queued()).isEqualTo(1);
		this.threads.operations().resume();
		assertThat(task.future().join()).isEqualTo(1);
	}

	@Test
	void taskCancelledByItsIdIsInterruptedOrNeverRuns() {
		List<TaskHandle<Boolean>> tasks = submitAll(3);
		await().until(() -> this.threads.snapshot().active() == 2);
		tasks.forEach((task) -> assertThat(this.threads.operations().cancel(task.id())).isTrue());
		tasks.forEach((task) -> assertThat(task.future()).isCancelled());
		await().until(() -> this.threads.snapshot().pending() == 0);
		assertThat(this.threads.operations().cancel(tasks.get(0).id())).as("one that has ended").isFalse();
	}

	@Test
	void whatATypeDoesNotHaveIsSaid() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.threads.operations().recycle())
			.withMessage("Executor 'threads' of type thread cannot recycle workers, for it has no worker processes");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.inline.operations().pause())
			.withMessageContaining("its tasks run on their callers");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.inline.operations().resize(2))
			.withMessageContaining("Executor 'direct' of type inline cannot be resized");
	}

	private List<TaskHandle<Boolean>> submitAll(int number) {
		return IntStream.range(0, number)
			.mapToObj((i) -> this.threads.submit(() -> this.open.await(30, TimeUnit.SECONDS)))
			.toList();
	}

}
