package dev.offload.local;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.Batch;
import dev.offload.BatchOptions;
import dev.offload.ConcurrencyLimit;
import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.RejectionReason;
import dev.offload.Task;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskOptions;
import dev.offload.spi.ContextCarriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for tasks that wait to be let in, some of them until their deadline.
 */
class AdmissionTests {

	private static final AtomicInteger RUNS = new AtomicInteger();

	private final AtomicInteger saturated = new AtomicInteger();

	private final CountDownLatch open = new CountDownLatch(1);

	private final OffloadExecutor executor = new ThreadExecutorFactory(new Ears(), ContextCarriers.NONE)
		.create(ExecutorSpec.builder("full")
			.type(ExecutorSpec.THREAD)
			.maxWorkers(1)
			.maxPending(1)
			.killGrace(Duration.ofMillis(10))
			.overload(OverloadPolicy.WAIT)
			.overloadWait(Duration.ofSeconds(30))
			.build());

	@AfterEach
	void close() {
		this.open.countDown();
		this.executor.closeNow();
	}

	@Test
	void callerThatWaitsForRoomIsRefusedAtTheDeadline() {
		this.executor.submit(this::holdWhateverComes);
		CompletableFuture<Object> caller = CompletableFuture.supplyAsync(() -> this.executor.submit(() -> 1, soon()));
		assertThat(caller).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TaskDeadlineException.class)
			.withMessageContaining("passed while it waited to be let in. Give it more time");
		assertThat(this.executor.snapshot().rejected()).containsEntry(RejectionReason.DEADLINE, 1L);
		assertThat(this.executor.snapshot().pending()).isOne();
	}

	@Test
	void chunkThatWaitsForRoomFailsAtTheDeadline() {
		List<Task<Boolean>> tasks = List.of(this::holdWhateverComes, () -> true);
		Batch<Boolean> batch = this.executor.submitAll(tasks, BatchOptions.chunksOf(1).withTasks(soon()));
		assertThat(batch.completion()).succeedsWithin(Duration.ofSeconds(10));
		assertThat(batch.outcomes()).extracting((outcome) -> outcome.failure())
			.hasOnlyElementsOfType(TaskDeadlineException.class);
		assertThat(this.executor.snapshot().pending()).as("the first one's place").isOne();
		assertThat(this.executor.snapshot().rejected()).containsEntry(RejectionReason.DEADLINE, 1L);
	}

	@Test
	void taskWhoseDeadlinePassesWhileItIsEncodedDoesNotRun() {
		RUNS.set(0);
		Instant deadline = Instant.now().plusMillis(50);
		Slow slow = new Slow(deadline);
		try (OffloadExecutor inline = new InlineExecutorFactory()
			.create(ExecutorSpec.builder("inline").type(ExecutorSpec.INLINE).build())) {
			assertThatExceptionOfType(TaskDeadlineException.class)
				.isThrownBy(() -> inline.call(slow::run, TaskOptions.DEFAULTS.withDeadline(deadline)));
			assertThat(inline.snapshot().pending()).isZero();
		}
		assertThat(RUNS).hasValue(0);
	}

	@Test
	void batchThatWaitsForOthersOfItsKindDoesNotTellThatTheExecutorIsFull() {
		try (OffloadExecutor roomy = new ThreadExecutorFactory(new Ears(), ContextCarriers.NONE)
			.create(ExecutorSpec.builder("roomy").type(ExecutorSpec.THREAD).maxWorkers(2).maxPending(50).build())) {
			TaskOptions oneOrNone = TaskOptions.DEFAULTS
				.withConcurrency(new ConcurrencyLimit("report", 1, OverloadPolicy.REJECT));
			assertThat(roomy.map(List.of(1, 2, 3, 4), (item) -> item * 2, BatchOptions.chunksOf(1).withTasks(oneOrNone))
				.results()).containsExactly(2, 4, 6, 8);
		}
		assertThat(this.saturated).hasValue(0);
	}

	private static TaskOptions soon() {
		return TaskOptions.DEFAULTS.withDeadline(Instant.now().plusMillis(200));
	}

	// Heeds no interrupt, so that it keeps its place.
	private Boolean holdWhateverComes() {
		while (this.open.getCount() > 0) {
			try {
				this.open.await();
			}
			catch (InterruptedException ex) {
				// Not yet.
			}
		}
		return true;
	}

	private final class Ears implements DirectExecutorListener {

		@Override
		public void executorSaturated(String executor, boolean now) {
			AdmissionTests.this.saturated.incrementAndGet();
		}

	}

	/**
	 * Is encoded until the deadline has passed.
	 */
	private static final class Slow implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		private final Instant deadline;

		Slow(Instant deadline) {
			this.deadline = deadline;
		}

		boolean run() {
			return RUNS.incrementAndGet() > 0;
		}

		@Serial
		private void writeObject(ObjectOutputStream out) throws IOException {
			out.defaultWriteObject();
			await().until(() -> Instant.now().isAfter(this.deadline));
		}

	}

}
