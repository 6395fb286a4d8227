package dev.offload.dispatch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import dev.offload.QuarantinedException;
import dev.offload.QuarantinedWork;
import dev.offload.RetrySpec;
import dev.offload.TaskOptions;
import dev.offload.spi.CarriedContext;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Quarantine}.
 */
class QuarantineTests {

	private static final RetrySpec RULES = RetrySpec.NONE.withMaxCrashes(2).withQuarantine(Duration.ofMinutes(10));

	private static final Work WORK = new Work.OfTask(() -> null);

	private long now = Long.MAX_VALUE;

	private final Quarantine quarantine = new Quarantine("pdf", () -> this.now);

	@Test
	void workIsRefusedForItsTimeOnceItHasCrashedTooManyWorkers() {
		PendingTask poison = task("poison");
		assertThat(this.quarantine.crashed(poison, RULES)).isEqualTo(1);
		require(poison);
		assertThat(this.quarantine.crashed(task("poison"), RULES)).as("another submission of it").isEqualTo(2);
		assertThatExceptionOfType(QuarantinedException.class).isThrownBy(() -> require(task("poison")))
			.withMessageContaining("Executor 'pdf'")
			.withMessageContaining("600 s")
			.satisfies((failure) -> assertThat(failure.crashes()).isEqualTo(2));
		require(task("other"));
		this.now += Duration.ofMinutes(10).toNanos();
		require(task("poison"));
		assertThat(this.quarantine.list()).isEmpty();
	}

	@Test
	void payloadIsMadeOnlyWhereItTellsWorkApartAndNothingCostsOnceTimeIsOver() {
		AtomicInteger made = new AtomicInteger();
		PendingTask poison = task("poison");
		Supplier<Payload> payload = () -> {
			made.incrementAndGet();
			return poison.payload();
		};
		this.quarantine.require(poison.submission(), WORK, payload);
		this.quarantine.crashed(poison, RULES.withMaxCrashes(1));
		assertThatExceptionOfType(QuarantinedException.class)
			.isThrownBy(() -> this.quarantine.require(poison.submission(), WORK, payload));
		this.quarantine.require(task("poison", TaskOptions.DEFAULTS.withKey("other")).submission(), WORK, payload);
		assertThat(made).hasValue(1);
		this.now += Duration.ofMinutes(10).toNanos();
		this.quarantine.require(poison.submission(), WORK, payload);
		assertThat(made).hasValue(1);
	}

	@Test
	void crashesThatAreFarApartDoNotAddUp() {
		this.quarantine.crashed(task("poison"), RULES);
		this.now += Duration.ofMinutes(10).toNanos();
		assertThat(this.quarantine.crashed(task("poison"), RULES)).isEqualTo(1);
		require(task("poison"));
	}

	@Test
	void keyThatWasGivenCountsWhateverThePayloadIs() {
		TaskOptions keyed = TaskOptions.DEFAULTS.withKey("invoice-7");
		this.quarantine.crashed(task("one", keyed), RULES);
		this.quarantine.crashed(task("two", keyed), RULES);
		assertThatExceptionOfType(QuarantinedException.class).isThrownBy(() -> require(task("three", keyed)))
			.satisfies((failure) -> assertThat(failure.key()).isEqualTo("invoice-7"));
		require(task("one"));
	}

	@Test
	void attachmentsTellWorkApart() {
		Payload one = new Payload(new byte[1], 0, 1, List.of(ByteBuffer.wrap(new byte[] { 1 })));
		Payload two = new Payload(new byte[1], 0, 1, List.of(ByteBuffer.wrap(new byte[] { 2 })));
		assertThat(PayloadDigest.of(one)).isNotEqualTo(PayloadDigest.of(two)).isEqualTo(PayloadDigest.of(one));
	}

	@Test
	void workThatWasReleasedOrHasSucceededIsForgotten() {
		PendingTask poison = task("poison");
		this.quarantine.crashed(poison, RULES);
		this.quarantine.crashed(poison, RULES);
		String key = this.quarantine.list().get(0).key();
		assertThat(this.quarantine.release("unknown")).isFalse();
		assertThat(this.quarantine.release(key)).isTrue();
		assertThat(this.quarantine.release(key)).isFalse();
		require(poison);
		this.quarantine.crashed(poison, RULES);
		this.quarantine.succeeded(poison);
		assertThat(this.quarantine.crashed(poison, RULES)).isEqualTo(1);
	}

	@Test
	void nothingIsRememberedWithoutAQuarantine() {
		PendingTask poison = task("poison");
		for (int i = 0; i < 3; i++) {
			assertThat(this.quarantine.crashed(poison, RULES.withQuarantine(Duration.ZERO))).isEqualTo(1);
		}
		require(poison);
	}

	@Test
	void moreThanCanBeRememberedForgetsTheOldest() {
		for (int i = 0; i <= Quarantine.MOST; i++) {
			this.quarantine.crashed(task("poison " + i), RULES.withMaxCrashes(1));
		}
		assertThat(this.quarantine.list()).hasSize(Quarantine.MOST).extracting(QuarantinedWork::label).contains("task");
		require(task("poison 0"));
	}

	private void require(PendingTask task) {
		this.quarantine.require(task.submission(), task.work(), task.payload());
	}

	private static PendingTask task(String payload) {
		return task(payload, TaskOptions.DEFAULTS);
	}

	private static PendingTask task(String payload, TaskOptions options) {
		return new PendingTask(1, new Submission("pdf", "1", "task", options), WORK,
				new TaskTerms(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, RULES),
				new TaskLuggage(Payload.of(payload.getBytes(StandardCharsets.UTF_8)), CarriedContext.NONE, null, null));
	}

}
