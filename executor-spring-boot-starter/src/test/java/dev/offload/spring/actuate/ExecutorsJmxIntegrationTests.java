package dev.offload.spring.actuate;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;

import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the endpoints as the MBean server of the JVM has them.
 */
@ExtendWith(OperatedServiceExtension.class)
class ExecutorsJmxIntegrationTests {

	private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	private final OffloadExecutor executor;

	ExecutorsJmxIntegrationTests(OperatedService service) {
		this.executor = service.make(ExecutorSpec.builder("managed").type(ExecutorSpec.THREAD).maxWorkers(1));
	}

	@Test
	void endpointsHaveTheirOperations() throws Exception {
		assertThat(operations("Executors")).containsExactlyInAnyOrder("executors", "executor", "change");
		assertThat(operations("Executorworkers")).containsExactlyInAnyOrder("workers", "worker", "recycle");
	}

	@Test
	void operationsShowAndChangeAnExecutor() throws Exception {
		assertThat(invoke("Executors", "executors")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsKeys("pdf", "managed");
		change("resize", 4, null, null);
		assertThat(this.executor.snapshot().maxWorkers()).isEqualTo(4);
		assertThat(change("pause", null, null, null)).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("paused", true);
		change("resume", null, null, null);
		assertThat(this.executor.snapshot().paused()).isFalse();
		assertThat(invoke("Executorworkers", "workers")).isInstanceOf(Map.class);
	}

	@Test
	void operationThatIsRefusedFailsAndSaysWhy() {
		assertThatExceptionOfType(ReflectionException.class).isThrownBy(() -> change("recycle", null, null, null))
			.withMessageContaining("it has no worker processes");
	}

	private Object change(String action, @Nullable Integer maxWorkers, @Nullable Integer worker, @Nullable String task)
			throws Exception {
		return invoke("Executors", "change", "managed", action, maxWorkers, null, null, null, null, null, null, null,
				null, null, worker, task);
	}

	private Object invoke(String endpoint, String operation, @Nullable Object... arguments) throws Exception {
		String[] signature = Arrays.stream(arguments).map((each) -> String.class.getName()).toArray(String[]::new);
		return this.server.invoke(name(endpoint), operation, arguments, signature);
	}

	private String[] operations(String endpoint) throws Exception {
		return Arrays.stream(this.server.getMBeanInfo(name(endpoint)).getOperations())
			.map(MBeanOperationInfo::getName)
			.toArray(String[]::new);
	}

	private static ObjectName name(String endpoint) throws Exception {
		return new ObjectName("org.springframework.boot:type=Endpoint,name=" + endpoint);
	}

}
