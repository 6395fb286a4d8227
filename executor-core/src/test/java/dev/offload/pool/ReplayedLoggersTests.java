package dev.offload.pool;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplayedLoggers}.
 */
class ReplayedLoggersTests {

	@Test
	void namesThatAreTooManyAreLoggedByTheExecutorsOwn() {
		ReplayedLoggers loggers = new ReplayedLoggers("pdf", 2);
		assertThat(loggers.of("replayed.a").getName()).isEqualTo("replayed.a");
		assertThat(loggers.of("replayed.b").getName()).isEqualTo("replayed.b");
		assertThat(loggers.of("replayed.a").getName()).isEqualTo("replayed.a");
		assertThat(loggers.of("replayed.c")).isSameAs(loggers.own());
		assertThat(loggers.own().getName()).isEqualTo("dev.offload.worker.pdf");
		assertThat(loggers.of("replayed.b").getName()).isEqualTo("replayed.b");
	}

}
