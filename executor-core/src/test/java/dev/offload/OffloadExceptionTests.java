package dev.offload;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the exceptions.
 */
class OffloadExceptionTests {

	@Test
	void overloadIsAnOffloadExceptionAndBothKeepTheirMessage() {
		assertThat(new OffloadException("pdf", "general")).hasMessage("general");
		assertThat(new ExecutorOverloadException("pdf", RejectionReason.MAX_PENDING, 5, 5, "no room"))
			.isInstanceOf(OffloadException.class)
			.hasMessage("no room");
	}

}
