package dev.offload.sample.render;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Branding}.
 */
class BrandingTests {

	@Test
	void accentWhenItIsNoColourSaysSo() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Branding("A", "B", "C", "D", "E", "F", "teal"))
			.withMessageContaining("sample.branding.accent")
			.withMessageContaining("'teal'");
	}

}
