package dev.offload.spring.test;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OffloadContextCustomizer} and its factory.
 */
class OffloadContextCustomizerTests {

	private final OffloadContextCustomizerFactory factory = new OffloadContextCustomizerFactory();

	@Test
	void customizersOfOneModeAreEqualSoThatContextsAreShared() {
		assertThat(this.factory.createContextCustomizer(OffloadTestTests.class, List.of()))
			.isEqualTo(this.factory.createContextCustomizer(SliceTests.class, List.of()))
			.isNotEqualTo(this.factory.createContextCustomizer(ProcessModeIntegrationTests.class, List.of()));
	}

	@Test
	void testWithoutTheAnnotationHasNone() {
		assertThat(this.factory.createContextCustomizer(OffloadContextCustomizerTests.class, List.of())).isNull();
	}

}
