package dev.offload.pool;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import dev.offload.OffloadExecutor;
import dev.offload.WorkerCrashException;
import dev.offload.contract.RecordingCarrier;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.MdcContextCarrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what tasks take along to worker processes.
 */
class ContextIntegrationTests extends AbstractPool {

	private final RecordingCarrier recording = new RecordingCarrier("recording", Map.of("k", "v"));

	@Test
	void contextTravelsWithEachTaskAndIsGoneAfterIt() throws Exception {
		OffloadExecutor executor = closedLater(ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.carriers(ContextCarriers.of(List.of(new MdcContextCarrier(), this.recording)))
			.build()
			.create(spec().build()));
		MDC.put("tenant", "äcme");
		try {
			assertThat(executor.<String>call(() -> MDC.get("tenant"))).isEqualTo("äcme");
			assertThatIllegalStateException().isThrownBy(() -> executor.call(() -> {
				throw new IllegalStateException("bad in " + MDC.get("tenant"));
			})).withMessage("bad in äcme");
		}
		finally {
			MDC.clear();
		}
		assertThat(executor.<String>call(() -> String.valueOf(MDC.getCopyOfContextMap()))).isIn("{}", "null");
		assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(() -> executor.call(() -> {
			Runtime.getRuntime().halt(9);
			return 1;
		}));
		assertThat(this.recording.told()).filteredOn((line) -> !line.startsWith("captured"))
			.containsExactly("started", "ended SUCCEEDED", "started", "ended FAILED IllegalStateException", "started",
					"ended SUCCEEDED", "started", "ended CRASHED WorkerCrashException");
	}

}
