package dev.offload.pool;

import java.io.IOException;
import java.util.List;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.Task;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerTransport;
import dev.offload.process.JvmWorkerLauncher;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Makes pools whose first workers heed no rule.
 */
abstract class AbstractHostilePool extends AbstractPool {

	private final String hostileClass;

	/** What each task has for its worker. */
	private final byte[] argument;

	private final JvmWorkerLauncher launcher = new JvmWorkerLauncher();

	AbstractHostilePool(Class<?> hostileClass, int argumentBytes) {
		this.hostileClass = hostileClass.getName();
		this.argument = new byte[argumentBytes];
	}

	// The first workers have these faults, one each; those after them are true ones.
	OffloadExecutor createHostile(ExecutorSpec.Builder spec, String... faults) {
		return createHostile(spec, WorkerTransport.AUTO, faults);
	}

	OffloadExecutor createHostile(ExecutorSpec.Builder spec, WorkerTransport transport, String... faults) {
		ExecutorSpec settings = spec
			.worker(worker().transport(transport).jvmArgs(List.of("-Dtest.faults=" + String.join(",", faults))).build())
			.build();
		return closedLater(ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.launcher((launch) -> launch(launch, faults.length))
			.build()
			.create(settings));
	}

	private WorkerProcess launch(WorkerLaunch launch, int hostile) throws IOException {
		String mainClass = (launch.number() <= hostile) ? this.hostileClass : launch.mainClass();
		return this.launcher.launch(new WorkerLaunch(launch.executor(), launch.number(), launch.worker(),
				launch.share(), mainClass, launch.socket(), launch.token(), launch.directory(), launch.redactor()));
	}

	Task<Integer> task() {
		byte[] bytes = this.argument;
		return () -> bytes.length;
	}

	void assertBreachesEndTheirTasksOnly(OffloadExecutor executor, String... faults) throws Exception {
		assertCrashesAreTheirTasksOnly(executor, "broke the protocol", faults);
	}

	void assertCrashesAreTheirTasksOnly(OffloadExecutor executor, String reason, String... faults) throws Exception {
		Task<Integer> task = task();
		for (String fault : faults) {
			WorkerCrashException failure = catchThrowableOfType(WorkerCrashException.class, () -> executor.call(task));
			assertThat(failure).as(fault).hasMessageContaining(reason).hasMessageContaining("pid " + failure.pid());
			assertThat(failure.mayHaveRun()).as(fault).isTrue();
			awaitGone(failure.pid());
		}
		assertThat(executor.call(() -> "well")).isEqualTo("well");
		assertThat(executor.snapshot().workersCrashed()).isEqualTo(faults.length);
		assertThat(executor.snapshot().workersStarted()).isEqualTo(faults.length + 1L);
		awaitNothingPending(executor);
	}

}
