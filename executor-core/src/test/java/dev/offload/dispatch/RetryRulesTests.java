package dev.offload.dispatch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorClosedException;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.QueueTimeoutException;
import dev.offload.RemoteTaskException;
import dev.offload.RetryReason;
import dev.offload.RetrySpec;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerDeath;
import dev.offload.WorkerStartException;
import dev.offload.dispatch.Submission.Tries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryRules}.
 */
class RetryRulesTests {

	private static final RetrySpec ANY = RetrySpec.NONE.withMaxAttempts(3);

	private final Throwable stopped = new TaskTimeoutException("pdf", "1", Duration.ofSeconds(1), -1, "late", null,
			List.of(), null);

	private final Throwable noWorker = new WorkerStartException("pdf", -1, List.of(), "no worker", null);

	@Test
	void exceptionsOfTasksAreReasonsAndErrorsAreNot() {
		assertThat(reason(ANY, TaskStatus.FAILED, new IOException("io"))).isEqualTo(RetryReason.FAILURE);
		assertThat(reason(ANY, TaskStatus.FAILED, new RemoteTaskException("pdf", "com.acme.Odd", null, null)))
			.isEqualTo(RetryReason.FAILURE);
		assertThat(reason(ANY, TaskStatus.FAILED, new StackOverflowError())).isNull();
	}

	@Test
	void whatOffloadItselfThrowsIsAReasonOnlyWhereItIsNamed() {
		assertThat(reason(ANY, TaskStatus.TIMED_OUT, this.stopped)).isNull();
		assertThat(reason(ANY, TaskStatus.FAILED, this.noWorker)).isNull();
		assertThat(reason(including(Exception.class), TaskStatus.TIMED_OUT, this.stopped)).isNull();
		assertThat(reason(including(TaskTimeoutException.class), TaskStatus.TIMED_OUT, this.stopped))
			.isEqualTo(RetryReason.TIMEOUT);
		assertThat(reason(including(OffloadException.class), TaskStatus.FAILED, this.noWorker))
			.isEqualTo(RetryReason.FAILURE);
	}

	@Test
	void whatCannotEndOtherwiseIsNoReasonThoughItIsNamed() {
		RetrySpec all = including(OffloadException.class);
		assertThat(reason(all, TaskStatus.FAILED,
				new PayloadException("pdf", PayloadException.Direction.FROM_WORKER, null, null, "not sent", null)))
			.isNull();
		assertThat(reason(all, TaskStatus.CANCELLED, new ExecutorClosedException("pdf", "closed"))).isNull();
		assertThat(
				reason(all, TaskStatus.TIMED_OUT, new QueueTimeoutException("pdf", "1", Duration.ofSeconds(1), "late")))
			.isNull();
		assertThat(reason(all, TaskStatus.SUCCEEDED, new IllegalStateException("while it was decoded"))).isNull();
	}

	@Test
	void crashesAreAReasonWhateverIsNamedAndCountedApart() {
		WorkerCrashException crash = new WorkerCrashException("pdf", "1",
				new WorkerDeath(1, 9, null, "it exited", List.of(), null, null, WorkerDeath.Evidence.NONE), true,
				"died");
		RetrySpec rules = including(IOException.class).withMaxCrashes(2);
		assertThat(reason(rules, TaskStatus.CRASHED, crash)).isEqualTo(RetryReason.CRASH);
		assertThat(reason(rules, TaskStatus.CRASHED, new OffloadException("pdf", "lost"))).isNull();
		assertThat(RetryRules.allow(rules, RetryReason.CRASH, new Tries(2, 1, crash, crash))).isTrue();
		assertThat(RetryRules.allow(rules, RetryReason.CRASH, new Tries(0, 2, crash, crash))).isFalse();
		assertThat(RetryRules.allow(rules, RetryReason.FAILURE, new Tries(2, 9, crash, crash))).isTrue();
		assertThat(RetryRules.allow(rules, RetryReason.TIMEOUT, new Tries(3, 0, crash, crash))).isFalse();
	}

	@Test
	void namesAreThoseOfClassesAndTheirSuperclassesAndOfRemoteOnes() {
		RetrySpec io = including(IOException.class);
		assertThat(reason(io, TaskStatus.FAILED, new FileNotFoundException())).isEqualTo(RetryReason.FAILURE);
		assertThat(reason(io, TaskStatus.FAILED, new IllegalStateException())).isNull();
		assertThat(reason(ANY.withExceptions(List.of("com.acme.Odd"), List.of()), TaskStatus.FAILED,
				new RemoteTaskException("pdf", "com.acme.Odd", null, null)))
			.isEqualTo(RetryReason.FAILURE);
		RetrySpec but = ANY.withExceptions(List.of(IOException.class.getName()),
				List.of(FileNotFoundException.class.getName()));
		assertThat(reason(but, TaskStatus.FAILED, new FileNotFoundException())).isNull();
		assertThat(reason(but, TaskStatus.FAILED, new IOException())).isEqualTo(RetryReason.FAILURE);
	}

	@Test
	void pausesGrowUpToTheLongestAndChanceShortensThem() {
		RetrySpec rules = ANY.withDelay(Duration.ofSeconds(1), 3, Duration.ofSeconds(5), 0.5);
		assertThat(List.of(1, 2, 3, 999)).extracting((made) -> RetryRules.pauseNanos(rules, made, 0))
			.extracting(TimeUnit.NANOSECONDS::toMillis)
			.containsExactly(1000L, 3000L, 5000L, 5000L);
		assertThat(RetryRules.pauseNanos(rules, 1, 1)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
	}

	private static RetrySpec including(Class<?> type) {
		return ANY.withExceptions(List.of(type.getName()), List.of());
	}

	private static @Nullable RetryReason reason(RetrySpec rules, TaskStatus status, Throwable failure) {
		return RetryRules.reason(rules,
				(status == TaskStatus.SUCCEEDED) ? Outcome.success("one") : Outcome.failure(status, failure), failure);
	}

}
