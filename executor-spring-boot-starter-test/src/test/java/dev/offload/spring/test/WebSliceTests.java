package dev.offload.spring.test;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import dev.offload.PayloadException;
import dev.offload.spring.test.ReportsApplication.Renderer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureOffload} in a slice of a web application.
 */
@WebMvcTest
@AutoConfigureOffload
@Import(Renderer.class)
class WebSliceTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private OffloadRecorder offload;

	@Test
	void annotatedMethodIsOffloadedAndRecorded() {
		assertThat(this.mvc.get().uri("/reports/7")).hasStatusOk().bodyText().startsWith("7 by ");
		assertThat(this.offload).submitted("pdf").method("render").withArguments("7").succeeded();
	}

	@Test
	void failureIsAnsweredAsByTheApplication() {
		MvcTestResult result = this.mvc.get().uri("/lock").exchange();
		assertThat(result).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR).hasContentType("application/problem+json");
		assertThat(result).bodyJson().extractingPath("$.type").isEqualTo("urn:offload:payload");
		assertThat(this.offload).submitted("mail").failedWith(PayloadException.class);
	}

}
