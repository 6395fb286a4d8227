package dev.offload.local;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what only executors of type thread do.
 */
class ThreadExecutorTests {

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("test-lazy"))
			.toList();
	}

	@Test
	void newExecutorTakesTasksAndStartsItsThreadsWithTheFirst() throws Exception {
		ExecutorSpec spec = ExecutorSpec.builder("test-lazy").type(ExecutorSpec.THREAD).maxWorkers(4).build();
		try (OffloadExecutor executor = new ThreadExecutorFactory().create(spec)) {
			assertThat(threads()).isEmpty();
			assertThat(executor.call(() -> Thread.currentThread().getName())).isEqualTo("test-lazy-task-1");
			assertThat(threads()).containsExactly("test-lazy-task-1");
		}
	}

	@Test
	void taskThatTakesTooLongTellsWhereItWas() {
		ExecutorSpec spec = ExecutorSpec.builder("test-slow").type(ExecutorSpec.THREAD).build();
		try (OffloadExecutor executor = new ThreadExecutorFactory().create(spec)) {
			assertThatExceptionOfType(TaskTimeoutException.class)
				.isThrownBy(() -> executor.call(() -> new CountDownLatch(1).await(1, TimeUnit.MINUTES),
						TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(100))))
				.withMessageContaining("CountDownLatch.await")
				.satisfies((failure) -> assertThat(failure.taskStack()).hasSizeLessThanOrEqualTo(20)
					.anySatisfy((frame) -> assertThat(frame).contains("CountDownLatch.await")))
				.satisfies((failure) -> assertThat(failure.threadDumpFile()).isNull());
		}
	}

	@Test
	void taskThatWasCancelledIsNotHeldForTheRestOfItsGrace() {
		ExecutorSpec spec = ExecutorSpec.builder("test-grace")
			.type(ExecutorSpec.THREAD)
			.killGrace(Duration.ofMinutes(1))
			.build();
		try (OffloadExecutor executor = new ThreadExecutorFactory().create(spec)) {
			WeakReference<Task<?>> cancelled = cancel(executor);
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
				System.gc();
				return cancelled.get() == null;
			});
		}
	}

	private static WeakReference<Task<?>> cancel(OffloadExecutor executor) {
		CountDownLatch never = new CountDownLatch(1);
		Task<Boolean> task = () -> never.await(1, TimeUnit.MINUTES);
		TaskHandle<Boolean> handle = executor.submit(task);
		Awaitility.await().until(() -> handle.status() == TaskStatus.RUNNING);
		assertThat(handle.cancel()).isTrue();
		return new WeakReference<>(task);
	}

}
