package dev.offload.spring.test;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import dev.offload.spring.test.ReportsApplication.Renderer;
import dev.offload.spring.test.ReportsApplication.Reports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OffloadTest} where a mock takes the place of a bean with annotated
 * methods.
 */
@ExtendWith(OutputCaptureExtension.class)
@OffloadTest
class MockedBeanTests {

	@MockitoBean
	private Renderer renderer;

	@Test
	void mockIsCalledWithoutAnExecutorAndNotWarnedOf(@Autowired Reports reports, @Autowired OffloadRecorder offload,
			CapturedOutput output) {
		assertThat(reports.report("7")).isNull();
		assertThat(offload).submittedNothing();
		assertThat(output).contains("Started MockedBeanTests").doesNotContain("made too early");
	}

}
