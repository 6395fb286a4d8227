package dev.offload.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.RetryReason;
import dev.offload.RetrySpec;
import dev.offload.Task;
import dev.offload.TaskFailure;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How tasks are tried again on every type of executor. One executor with one worker
 * serves most tests of a type.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RetryContract {

	protected static final Duration SHORT = Duration.ofMillis(5);

	protected static final Duration LONG = Duration.ofMinutes(5);

	/** Of the executor: three attempts, two crashes. */
	protected static final RetrySpec RULES = RetrySpec.NONE.withMaxAttempts(3)
		.withMaxCrashes(2)
		.withDelay(SHORT, 2, SHORT, 0);

	protected static final TaskOptions PATIENT = TaskOptions.DEFAULTS.withRetry(RULES.withDelay(LONG, 1, LONG, 0));

	@TempDir
	Path directory;

	private final RecordingCarrier carrier = new RecordingCarrier("recording", Map.of());

	private final List<OffloadExecutor> executors = new ArrayList<>();

	private OffloadExecutor executor;

	abstract ExecutorFactory factory(ContextCarriers carriers);

	@BeforeAll
	void create() {
		this.executor = create("retries");
	}

	protected final OffloadExecutor create(String name) {
		ExecutorFactory factory = factory(ContextCarriers.of(List.of(this.carrier)));
		OffloadExecutor made = factory.create(ExecutorSpec.builder(name)
			.type(factory.type())
			.maxWorkers(1)
			.maxPending(2)
			.killGrace(Duration.ofMillis(500))
			.retry(RULES)
			.build());
		this.executors.add(made);
		return made;
	}

	protected final OffloadExecutor executor() {
		return this.executor;
	}

	protected final Flaky flaky(int failures, Flaky.Kind kind) {
		return new Flaky(this.directory, "runs-" + System.nanoTime(), failures, kind);
	}

	protected final boolean isInline() {
		return this.executor.spec().type().equals(ExecutorSpec.INLINE);
	}

	@AfterEach
	void nothingIsLeft() {
		ExecutorSnapshot snapshot = this.executor.snapshot();
		assertThat(snapshot.pending()).isZero();
		assertThat(snapshot.retrying()).isZero();
		assertThat(snapshot.submitted()).isEqualTo(snapshot.completedTotal());
	}

	@AfterAll
	void closeAll() {
		this.executors.forEach(OffloadExecutor::closeNow);
	}

	@Test
	void taskThatFailsTwiceSucceedsAtItsThirdRunAndIsCountedOnce() throws Exception {
		ExecutorSnapshot before = this.executor.snapshot();
		this.carrier.told().clear();
		Flaky task = flaky(2, Flaky.Kind.STATE);
		assertThat(this.executor.call(task)).isEqualTo(3);
		assertThat(task.runs()).isEqualTo(3);
		ExecutorSnapshot after = this.executor.snapshot();
		assertThat(after.submitted() - before.submitted()).isEqualTo(1);
		assertThat(after.completed().get(TaskStatus.SUCCEEDED) - before.completed().get(TaskStatus.SUCCEEDED))
			.isEqualTo(1);
		assertThat(after.completed().get(TaskStatus.FAILED)).isEqualTo(before.completed().get(TaskStatus.FAILED));
		assertThat(after.retried().get(RetryReason.FAILURE) - before.retried().get(RetryReason.FAILURE)).isEqualTo(2);
		assertThat(this.carrier.told()).filteredOn((line) -> line.startsWith("started") || line.startsWith("ended"))
			.containsExactly("started", "started", "started", "ended SUCCEEDED");
	}

	@Test
	void taskThatSucceedsRunsOnce() throws Exception {
		Flaky task = flaky(0, Flaky.Kind.STATE);
		assertThat(this.executor.call(task)).isEqualTo(1);
		assertThat(task.runs()).isEqualTo(1);
	}

	@Test
	void submittedTaskThatFailsAlwaysGivesItsLastFailureWithItsFirst() {
		TaskHandle<Integer> handle = this.executor.submit(flaky(9, Flaky.Kind.STATE));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> handle.future().join())
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessage("run 3")
			.withNoCause()
			.satisfies((failure) -> assertThat(failure.getSuppressed()).singleElement()
				.satisfies((first) -> assertThat(first).hasMessage("run 1")));
		TaskRecord record = handle.record();
		assertThat(record.status()).isEqualTo(TaskStatus.FAILED);
		assertThat(record.attempt()).isEqualTo(3);
		assertThat(record.failure()).extracting(TaskFailure::message).isEqualTo("run 3");
	}

	@Test
	void onlyWhatTheRulesNameIsTriedAgain() {
		RetrySpec io = RULES.withExceptions(List.of("java.io.IOException"), List.of());
		assertThat(runs(flaky(9, Flaky.Kind.IO), io)).isEqualTo(3);
		assertThat(runs(flaky(9, Flaky.Kind.STATE), io)).isEqualTo(1);
		RetrySpec notRuntime = RULES.withExceptions(List.of(), List.of("java.lang.RuntimeException"));
		assertThat(runs(flaky(9, Flaky.Kind.IO), notRuntime)).isEqualTo(3);
		assertThat(runs(flaky(9, Flaky.Kind.STATE), notRuntime)).as("a subclass of what is excluded").isEqualTo(1);
		assertThat(runs(flaky(9, Flaky.Kind.ERROR), RULES)).isEqualTo(1);
		assertThat(runs(flaky(9, Flaky.Kind.ERROR), RULES.withExceptions(List.of("java.lang.Error"), List.of())))
			.isEqualTo(3);
	}

	@Test
	void rulesOfASubmissionGoBeforeThoseOfTheExecutor() {
		assertThat(runs(flaky(9, Flaky.Kind.STATE), RULES.withMaxAttempts(2))).isEqualTo(2);
		assertThat(runs(flaky(9, Flaky.Kind.STATE), RetrySpec.NONE)).isEqualTo(1);
	}

	private int runs(Flaky task, RetrySpec rules) {
		assertThatExceptionOfType(Throwable.class)
			.isThrownBy(() -> this.executor.call(task, TaskOptions.DEFAULTS.withRetry(rules)));
		return task.runs();
	}

	@Test
	void taskOverItsTimeIsTriedAgainOnlyWhereThatIsNamed() throws Exception {
		TaskOptions limited = TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(100));
		Flaky task = flaky(1, Flaky.Kind.SLEEP);
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> this.executor.call(task, limited));
		assertThat(task.runs()).isEqualTo(1);
		RetrySpec named = RULES.withExceptions(List.of(TaskTimeoutException.class.getName()), List.of());
		assertThat(this.executor.call(flaky(1, Flaky.Kind.SLEEP), limited.withRetry(named))).isEqualTo(2);
	}

	@Test
	void taskIsNotTriedAgainAfterItsDeadline() {
		Flaky task = flaky(9, Flaky.Kind.STATE);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.executor.call(task, PATIENT.withDeadline(Instant.now().plusSeconds(60))));
		assertThat(task.runs()).isEqualTo(1);
	}

	@Test
	void taskThatWaitsForItsNextAttemptHoldsItsPlaceAndNoSlot() throws Exception {
		assumeThat(isInline()).isFalse();
		TaskHandle<Integer> handle = paused(this.executor);
		ExecutorSnapshot snapshot = this.executor.snapshot();
		assertThat(snapshot.pending()).isEqualTo(1);
		assertThat(snapshot.queued()).isZero();
		assertThat(snapshot.active()).isZero();
		assertThat(snapshot.retrying()).isEqualTo(1);
		TaskRecord record = handle.record();
		assertThat(record.status()).isEqualTo(TaskStatus.RETRYING);
		assertThat(record.attempt()).isEqualTo(1);
		assertThat(record.failure()).extracting(TaskFailure::message).isEqualTo("run 1");
		assertThat(this.executor.call(() -> "beside")).as("the only worker is free").isEqualTo("beside");
		TaskHandle<Integer> second = paused(this.executor);
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> this.executor.call(() -> "more"));
		assertThat(handle.cancel()).isTrue();
		assertThat(second.cancel()).isTrue();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.executor.snapshot().pending() == 0);
		assertThat(handle.record().status()).isEqualTo(TaskStatus.CANCELLED);
		assertThat(handle.record().attempt()).isEqualTo(1);
	}

	@Test
	void operatorCancelsOrKillsATaskThatWaitsForItsNextAttempt() {
		assumeThat(isInline()).isFalse();
		TaskHandle<Integer> cancelled = paused(this.executor);
		assertThat(this.executor.operations().cancel(cancelled.id())).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> cancelled.future().join())
			// Newer JDKs throw one of their own, with the one of the task as its cause.
			.extracting((failure) -> (failure.getCause() != null) ? failure.getCause() : failure)
			.satisfies((failure) -> assertThat(failure.getSuppressed()).singleElement()
				.satisfies((first) -> assertThat(first).hasMessage("run 1")));
		TaskHandle<Integer> killed = paused(this.executor);
		assertThat(this.executor.operations().kill(killed.id())).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> killed.future().join());
		assertThat(this.executor.operations().cancel(killed.id())).isFalse();
	}

	@Test
	void callerThatIsInterruptedInThePauseGetsACancellation() throws Exception {
		Flaky task = flaky(9, Flaky.Kind.STATE);
		CompletableFuture<Boolean> flagged = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				this.executor.call(task, PATIENT);
			}
			catch (CancellationException ex) {
				flagged.complete(Thread.currentThread().isInterrupted());
			}
			catch (Throwable ex) {
				flagged.completeExceptionally(ex);
			}
		}, "test-caller");
		caller.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(2))
			.until(() -> this.executor.snapshot().retrying() == 1);
		caller.interrupt();
		assertThat(flagged.join()).isTrue();
		assertThat(task.runs()).isEqualTo(1);
	}

	@Test
	void drainWaitsForFurtherAttemptsAndClosingEndsTheirPauses() throws Exception {
		OffloadExecutor own = create("closed");
		Flaky task = flaky(1, Flaky.Kind.STATE);
		TaskHandle<Integer> tried = own.submit(task,
				TaskOptions.DEFAULTS.withRetry(RULES.withDelay(Duration.ofMillis(200), 1, Duration.ofMillis(200), 0)));
		if (isInline()) {
			assertThat(tried.future().join()).isEqualTo(2);
			return;
		}
		TaskHandle<Integer> patient = paused(own);
		assertThat(own.drain(Duration.ofMillis(1))).isFalse();
		assertThat(tried.future().join()).isEqualTo(2);
		own.closeNow();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> patient.future().join())
			.withCauseInstanceOf(ExecutorClosedException.class);
		assertThat(patient.record().status()).isEqualTo(TaskStatus.CANCELLED);
		assertThat(own.snapshot().pending()).isZero();
	}

	@Test
	void exceptionThatIsThrownTwiceIsNotItsOwnFirst() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.executor.call(new Same()))
			.withMessage("the same")
			.satisfies((failure) -> assertThat(failure.getSuppressed().length).isLessThanOrEqualTo(1));
	}

	// A task that has failed once, and is to be tried again when the test has long ended.
	protected final TaskHandle<Integer> paused(OffloadExecutor own) {
		TaskHandle<Integer> handle = own.submit(flaky(9, Flaky.Kind.STATE), PATIENT);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(2))
			.until(() -> handle.status() == TaskStatus.RETRYING);
		return handle;
	}

	/**
	 * Throws one exception again and again.
	 */
	private static final class Same implements Task<String> {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("StaticAssignmentOfThrowable")
		private static final IOException FAILURE = new IOException("the same");

		@Override
		public String run() throws IOException {
			throw FAILURE;
		}

	}

}
