package dev.offload;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExecutorLimits}.
 */
class ExecutorLimitsTests {

	private static final ExecutorLimits ALL = ExecutorLimits.builder()
		.maxWorkers(9)
		.minWorkers(2)
		.spareWorkers(3)
		.maxPending(40)
		.maxPendingBytes(5000)
		.overloadWait(Duration.ofSeconds(6))
		.rateLimit(11)
		.rateLimitPeriod(Duration.ofMinutes(2))
		.queueTimeout(Duration.ofSeconds(7))
		.timeout(Duration.ofSeconds(8))
		.killGrace(Duration.ofSeconds(9))
		.idleTimeout(Duration.ofSeconds(10))
		.build();

	private final ExecutorSpec spec = ExecutorSpec.builder("pdf").maxWorkers(4).threadsPerWorker(2).build();

	@Test
	void applyToChangesWhatIsGivenAndNothingElse() {
		ExecutorSpec changed = ALL.applyTo(this.spec);
		assertThat(ExecutorLimits.of(changed)).isEqualTo(ALL);
		assertThat(this.spec.differences(changed)).containsExactlyInAnyOrderElementsOf(ALL.settings().keySet());
		assertThat(ExecutorLimits.NONE.applyTo(this.spec)).isEqualTo(this.spec);
	}

	@Test
	void everyLimitIsASettingOfExecutors() {
		assertThat(ExecutorLimits.class.getRecordComponents()).hasSameSizeAs(ALL.settings().keySet());
		ALL.settings()
			.forEach((name, value) -> assertThat(ALL.applyTo(this.spec).settings()).containsEntry(name, value));
	}

	@Test
	void onlyKeepsEachLimitByItsName() {
		ALL.settings()
			.forEach((name, value) -> assertThat(ALL.only(Set.of(name)::contains).settings()).hasSize(1)
				.containsEntry(name, value));
		assertThat(ALL.only((name) -> false)).isEqualTo(ExecutorLimits.NONE);
	}

	@Test
	void ofSpecWithoutBytesIsAQuarterOfTheHeap() {
		assertThat(ExecutorLimits.of(this.spec).maxPendingBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
	}

	@Test
	void applyToChecksTogetherWithWhatStays() {
		ExecutorSpec kept = ExecutorSpec.builder("pdf").maxWorkers(4).minWorkers(3).build();
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ExecutorLimits.builder().maxWorkers(2).build().applyTo(kept))
			.withMessage("Executor 'pdf': min-workers must not be above max-workers 2, but is 3");
		assertThat(ExecutorLimits.builder().maxWorkers(2).minWorkers(2).build().applyTo(kept).differences(kept))
			.isEqualTo(List.of("max-workers", "min-workers"));
	}

}
