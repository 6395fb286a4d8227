package dev.offload.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskStatus;
import dev.offload.WorkerEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecentTroubles} with a clock that the test sets.
 */
class RecentTroublesTests {

	private Instant now = Instant.EPOCH;

	private final RecentTroubles troubles = new RecentTroubles(() -> this.now);

	@Test
	void troubleIsForgottenAfterAWhile() {
		ended("crash");
		this.now = this.now.plus(RecentTroubles.MEMORY).minusMillis(1);
		assertThat(this.troubles.of("pdf")).containsExactly(Trouble.WORKERS_DIED);
		this.now = this.now.plusMillis(1);
		assertThat(this.troubles.of("pdf")).isEmpty();
	}

	@Test
	void troubleThatGoesOnIsRememberedFromItsLastTime() {
		ended("hang");
		this.now = this.now.plus(RecentTroubles.MEMORY).minus(Duration.ofSeconds(1));
		ended("protocol");
		this.now = this.now.plus(Duration.ofSeconds(2));
		assertThat(this.troubles.of("pdf")).containsExactly(Trouble.WORKERS_DIED);
	}

	@Test
	void endsThatAreWantedAreNoTrouble() {
		ended("idle");
		ended("recycle");
		ended("timeout");
		assertThat(this.troubles.of("pdf")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(RejectionReason.class)
	void refusalIsATroubleForWantOfRoomOrOfWorkers(RejectionReason reason) {
		rejected(reason);
		switch (reason) {
			case MAX_PENDING, MAX_PENDING_BYTES, MAX_SPOOL_BYTES, NO_WORKER ->
				assertThat(this.troubles.of("pdf")).containsExactly(Trouble.TASKS_REFUSED);
			default -> assertThat(this.troubles.of("pdf")).isEmpty();
		}
	}

	@Test
	void executorsAreApartAndForgottenWhenTheyAreClosed() {
		ended("start-failed");
		rejected(RejectionReason.MAX_PENDING);
		assertThat(this.troubles.of("pdf")).containsExactly(Trouble.WORKERS_NOT_STARTED, Trouble.TASKS_REFUSED);
		assertThat(this.troubles.of("other")).isEmpty();
		this.troubles.executorChanged("pdf", ExecutorState.CLOSED);
		assertThat(this.troubles.of("pdf")).isEmpty();
	}

	private void rejected(RejectionReason reason) {
		this.troubles.taskRejected(new TaskEvent("pdf", "1", "task", Map.of(), TaskStatus.REJECTED, 1, -1, this.now,
				Duration.ZERO, Duration.ZERO, null, null), reason);
	}

	private void ended(String reason) {
		this.troubles.workerChanged(new WorkerEvent("pdf", 1, 17, WorkerEvent.Change.ENDED, reason, null));
	}

}
