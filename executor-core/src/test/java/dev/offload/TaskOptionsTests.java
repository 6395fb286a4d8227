package dev.offload;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TaskOptions}.
 */
class TaskOptionsTests {

	@Test
	void defaultsLeaveAllToTheExecutor() {
		assertThat(TaskOptions.DEFAULTS).isEqualTo(new TaskOptions(null, null, null, null, 0));
	}

	@Test
	void copiesKeepWhatTheyDoNotChange() {
		Duration second = Duration.ofSeconds(1);
		Duration minute = Duration.ofMinutes(1);
		TaskOptions options = new TaskOptions("id", "label", second, minute, 5);
		assertThat(options.withId("a")).isEqualTo(new TaskOptions("a", "label", second, minute, 5));
		assertThat(options.withLabel("a")).isEqualTo(new TaskOptions("id", "a", second, minute, 5));
		assertThat(options.withTimeout(minute)).isEqualTo(new TaskOptions("id", "label", minute, minute, 5));
		assertThat(options.withQueueTimeout(second)).isEqualTo(new TaskOptions("id", "label", second, second, 5));
		assertThat(options.withPriority(-5)).isEqualTo(new TaskOptions("id", "label", second, minute, -5));
		TaskOptions handingOver = options.withHandOver(true);
		assertThat(handingOver).isEqualTo(new TaskOptions("id", "label", second, minute, 5, true));
		assertThat(handingOver.withId("a").withLabel("a").withTimeout(minute).withQueueTimeout(second).withPriority(1))
			.isEqualTo(new TaskOptions("a", "a", minute, second, 1, true));
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
