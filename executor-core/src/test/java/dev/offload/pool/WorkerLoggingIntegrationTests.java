package dev.offload.pool;

import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerLogging;
import dev.offload.WorkerStartException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for where {@code worker.logging} sends what workers print.
 */
class WorkerLoggingIntegrationTests extends AbstractPool {

	@Test
	void outputThatIsInheritedIsThatOfTheServiceAndErrorsSaySo() throws Exception {
		try (ChildService service = ChildService.start("-Dtest.logging=INHERIT")) {
			assertThat(service.ask("print")).startsWith("FAILED dev.offload.WorkerCrashException")
				.contains("worker.logging is inherit, so it is in the output of this service");
			assertThat(service.output().lines()).contains("printed by a task", "complained by a task");
		}
	}

	@Test
	void outputInAFileIsRedactedThereAndStillInErrors() {
		Path logs = Objects.requireNonNull(this.directory);
		OffloadExecutor executor = closedLater(ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.redactor((line) -> line.replace("hunter2", "***"))
			.build()
			.create(spec().worker(worker().logging(WorkerLogging.FILE).logDirectory(logs.toString()).build()).build()));
		WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class, () -> executor.call(() -> {
			System.out.println("password hunter2");
			return Faults.halt(9);
		}));
		assertThat(failure.lastOutput()).containsExactly("password ***");
		assertThat(logs.resolve("pool-1.log")).hasContent("password ***");
	}

	@Test
	void directoryThatIsNotThereIsNamed() {
		OffloadExecutor executor = create(spec().startFailures(1)
			.worker(worker().logging(WorkerLogging.FILE).logDirectory("/no/such/place").build()));
		assertThat(catchThrowableOfType(WorkerStartException.class, () -> executor.call(Faults::pid)))
			.hasMessageContaining("worker.log-directory /no/such/place is not a directory that can be written to");
	}

}
