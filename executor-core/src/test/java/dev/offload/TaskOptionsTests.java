package dev.offload;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TaskOptions}.
 */
class TaskOptionsTests {

	@Test
	void defaultsLeaveAllToTheExecutor() {
		assertThat(TaskOptions.DEFAULTS).hasToString("TaskOptions{}");
	}

	@Test
	void copiesKeepWhatTheyDoNotChange() {
		Instant deadline = Instant.ofEpochSecond(1);
		ConcurrencyLimit limit = new ConcurrencyLimit("kind", 1, OverloadPolicy.REJECT);
		TaskOptions options = TaskOptions.DEFAULTS.withId("id")
			.withLabel("label")
			.withMetadata(Map.of("user", "42"))
			.withTimeout(Duration.ofSeconds(1))
			.withQueueTimeout(Duration.ofMinutes(1))
			.withDeadline(deadline)
			.withPriority(5)
			.withHandOver(true)
			.withRetry(RetrySpec.NONE)
			.withKey("key")
			.withFairKey("fair")
			.withConcurrency(limit);
		assertThat(options).hasToString("TaskOptions{id=id, label=label, metadata={user=42}, timeout=PT1S, "
				+ "queueTimeout=PT1M, deadline=1970-01-01T00:00:01Z, priority=5, handOver=true, retry=" + RetrySpec.NONE
				+ ", key=key, fairKey=fair, concurrency=" + limit + "}");
		assertThat(options.withId("id")).isEqualTo(options).hasSameHashCodeAs(options);
		assertThat(options.withId("other")).isNotEqualTo(options);
		assertThat(TaskOptions.DEFAULTS.id()).isNull();
	}

	@Test
	void limitsWhenNegativeAreRefused() {
		Duration negative = Duration.ofSeconds(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> TaskOptions.DEFAULTS.withTimeout(negative))
			.withMessageContainingAll("timeout", "PT-1S");
		assertThatIllegalArgumentException().isThrownBy(() -> TaskOptions.DEFAULTS.withQueueTimeout(negative))
			.withMessageContainingAll("queueTimeout", "PT-1S");
	}

}
