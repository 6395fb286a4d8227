package dev.offload.spring.actuate;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PromQl}.
 */
class PromQlTests {

	@Test
	void expressionHasItsMetricsLabelsAndGroupings() {
		PromQl query = new PromQl("""
				sum by (job, name) (increase(tasks_total{outcome=~"a|b", name!="x"}[15m])) > 0
					and on (instance) min_over_time(queued[1h]) / 2 == 0.5
				""");
		assertThat(query.selectors()).containsExactly(
				new PromQl.Selector("tasks_total",
						List.of(new PromQl.Match("outcome", "a|b"), new PromQl.Match("name", "x"))),
				new PromQl.Selector("queued", List.of()));
		assertThat(query.groupings()).containsExactly("instance", "job", "name");
	}

	@Test
	void labelOfAVariableIsAGrouping() {
		PromQl query = new PromQl("label_values(pending{instance=~\"$instance\"}, name)");
		assertThat(query.selectors()).extracting(PromQl.Selector::metric).containsExactly("pending");
		assertThat(query.groupings()).containsExactly("name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sum(rate(a[5m])", "rate(a[5 m])", "nonsense(a)", "a{b=\"c\")", "a # b" })
	void expressionThatIsNoneIsRefused(String expression) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PromQl(expression));
	}

}
