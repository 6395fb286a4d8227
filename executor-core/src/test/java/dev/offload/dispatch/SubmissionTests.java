package dev.offload.dispatch;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.spi.CarriedContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Submission}.
 */
class SubmissionTests {

	private final Submission submission = new Submission("pdf", "1", "task", TaskOptions.DEFAULTS);

	private final PendingTask first = new PendingTask(1, this.submission, new Work.OfTask(() -> null),
			new TaskTerms(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, null),
			new TaskLuggage(null, CarriedContext.NONE, null, null));

	private final PendingTask second = new PendingTask(2, this.first, 0);

	@Test
	void attemptThatBeginsAfterTheEndIsNone() {
		this.submission.end(TaskStatus.CANCELLED, null);
		this.submission.attempt(this.second);
		assertThat(this.submission.current()).isNull();
		assertThat(this.submission.attempts()).isEqualTo(1);
		assertThat(this.submission.status()).isEqualTo(TaskStatus.CANCELLED);
	}

	@Test
	void taskThatWasCancelledInItsPauseIsNotSaidToBeTriedAgain() {
		this.submission.retry(this.second, new Submission.Tries(1, 0, new Exception(), new Exception()));
		assertThat(this.submission.status()).isEqualTo(TaskStatus.RETRYING);
		this.second.settleQueued(Outcome.failure(TaskStatus.CANCELLED, new Exception()), (task) -> {
		});
		assertThat(this.submission.status()).isEqualTo(TaskStatus.CANCELLED);
	}

	@Test
	void progressIsThatOfTheAttemptOfNow() {
		this.submission.progress(3, 4, null);
		assertThat(this.submission.record().progress()).isNotNull();
		this.submission.attempt(this.second);
		assertThat(this.submission.record().progress()).isNull();
		assertThat(this.submission.record().attempt()).isEqualTo(2);
	}

}
