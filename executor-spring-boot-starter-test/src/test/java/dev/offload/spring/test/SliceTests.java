package dev.offload.spring.test;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import dev.offload.spring.test.ReportsApplication.Renderer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureOffload} where nothing else is configured, as in a slice.
 */
@SpringJUnitConfig(Renderer.class)
@AutoConfigureOffload
@TestPropertySource(properties = { "offload.executors.pdf.max-workers=1", "offload.executors.mail.type=thread" })
class SliceTests {

	@Autowired
	private Renderer renderer;

	@Autowired
	private OffloadRecorder offload;

	@Test
	void annotatedMethodIsOffloadedAndRecorded() {
		assertThat(this.renderer.render("7")).startsWith("7");
		assertThat(this.offload).submitted("pdf").method("render").succeeded();
	}

}
