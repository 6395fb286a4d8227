package dev.offload.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for workers with a debugger, which are not killed for standing still.
 */
class DebuggedWorkerIntegrationTests extends AbstractPool {

	private static final String ANY_PORT = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

	@Test
	void limitsOfTimeAreOffWithOneWarning() throws Exception {
		ExecutorSpec.Builder spec = debugged(ANY_PORT).startTimeout(Duration.ofMillis(20))
			.hangTimeout(Duration.ofSeconds(1))
			.timeout(Duration.ofMillis(50));
		try (LogRecorder log = new LogRecorder(Debugging.class)) {
			OffloadExecutor executor = create(spec);
			Gate gate = gate("breakpoint");
			TaskHandle<Long> task = executor.submit(gate::pass,
					TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(50)));
			gate.awaitEntered();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> running(executor).toMillis() > 500);
			gate.letPass();
			assertThat(task.future().get(60, TimeUnit.SECONDS)).isPositive();
			assertThat(executor.spec()).isEqualTo(spec.build());
			assertThat(log.events()).extracting(ILoggingEvent::getFormattedMessage)
				.singleElement()
				.asString()
				.contains("Executor 'pool'", "timeout, hang-timeout and start-timeout are off");
		}
	}

	@Test
	void portThatOnlyOneWorkerCanHaveIsWarnedOf() {
		assertThat(warnings(debugged("-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005").maxWorkers(2)))
			.hasSize(2)
			.last()
			.asString()
			.contains("only one of its 2 workers can have the debug port 5005", "address=*:0");
		assertThat(warnings(debugged("-Xrunjdwp:server=y,address=5005,transport=dt_socket").maxWorkers(2))).hasSize(2);
		assertThat(warnings(debugged("-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005"))).hasSize(1);
		assertThat(warnings(debugged(ANY_PORT).maxWorkers(2))).hasSize(1);
		assertThat(warnings(debugged("-agentlib:jdwp=transport=dt_socket,server=y").maxWorkers(2))).hasSize(1);
		// Here the debugger has the port, and takes all of them.
		assertThat(warnings(debugged("-agentlib:jdwp=transport=dt_socket,address=5005").maxWorkers(2))).hasSize(1);
	}

	@Test
	void limitsStayWhereThereIsNoDebugger() {
		ExecutorSpec spec = spec().timeout(Duration.ofSeconds(7)).build();
		assertThat(Debugging.withoutLimits(spec)).isSameAs(spec);
		assertThat(warnings(debugged("-agentlib:hprof=x"))).isEmpty();
	}

	private static Duration running(OffloadExecutor executor) {
		return executor.snapshot().workers().get(0).currentTasks().get(0).running();
	}

	private static ExecutorSpec.Builder debugged(String agent) {
		return spec().worker(worker().jvmArgs(List.of(agent)).build());
	}

	private static List<String> warnings(ExecutorSpec.Builder spec) {
		try (LogRecorder log = new LogRecorder(Debugging.class)) {
			Debugging.withoutLimits(spec.build());
			return log.events().stream().map(ILoggingEvent::getFormattedMessage).toList();
		}
	}

}
