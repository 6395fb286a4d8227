package dev.offload.spring.test;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.offload.spring.test.ReportsApplication.Reports;

import static org.assertj.core.api.Assertions.assertThat;

// docs/testing.md has it as its example.
@OffloadTest
class ReportsTests {

	@Autowired
	private Reports reports;

	@Autowired
	private OffloadRecorder offload;

	@Test
	void reportIsRenderedByTheExecutor() {
		this.reports.report("7");
		assertThat(this.offload).submitted("pdf").method("render").withArguments("7").times(1).succeeded();
		assertThat(this.offload).submittedNothing("mail");
	}

}
