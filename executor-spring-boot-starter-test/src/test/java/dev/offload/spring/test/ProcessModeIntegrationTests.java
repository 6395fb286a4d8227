package dev.offload.spring.test;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerCrashException;
import dev.offload.spring.test.ReportsApplication.Reports;
import dev.offload.test.FaultTasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AutoConfigureOffload} whose tasks run in workers.
 */
@SpringBootTest(properties = "offload.executors.mail.max-workers=2")
@AutoConfigureOffload(mode = OffloadMode.PROCESS)
class ProcessModeIntegrationTests {

	@Autowired
	private Reports reports;

	@Autowired
	private OffloadRecorder offload;

	@Autowired
	@Qualifier("pdf")
	private OffloadExecutor pdf;

	@Autowired
	@Qualifier("mail")
	private OffloadExecutor mail;

	@Test
	void callRunsInAWorkerAndIsRecorded() {
		assertThat(this.reports.report("7")).startsWith("7 by ").doesNotEndWith(" " + ProcessHandle.current().pid());
		assertThat(this.offload).submitted("pdf").method("render").withArguments("7").succeeded();
	}

	@Test
	void faultFailsItsTaskOnly() {
		assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(() -> this.pdf.call(FaultTasks.exit(42)));
		assertThat(this.offload).submitted("pdf").failedWith(WorkerCrashException.class);
		assertThat(this.reports.report("8")).startsWith("8 by ");
	}

	@Test
	void executorsAreSmallUnlessTheTestSaysOtherwise() {
		ExecutorSpec spec = this.pdf.spec();
		assertThat(spec.type()).isEqualTo(ExecutorSpec.PROCESS);
		assertThat(spec.maxWorkers()).isEqualTo(1);
		assertThat(spec.minWorkers()).isZero();
		assertThat(this.mail.spec().maxWorkers()).isEqualTo(2);
	}

}
