package dev.offload.pool;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a service keeps nothing of workers that have ended.
 */
class WorkerRetentionIntegrationTests extends AbstractPool {

	private static final Pattern COUNT = Pattern
		.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(Worker.class.getName()) + "(?: .*)?$");

	// Collects garbage, and counts what is left.
	private static int workersInMemory() throws JMException {
		Object histogram = ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		Matcher matcher = COUNT.matcher(histogram.toString());
		return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	@Test
	void endedWorkersAreForgottenBeforeTheirTimersWouldHaveRun() throws Exception {
		OffloadExecutor executor = create(spec().startTimeout(Duration.ofMinutes(10))
			.idleTimeout(Duration.ofMinutes(10))
			.maxWorkerAge(Duration.ofMinutes(10))
			.maxWorkerMemory(4L * 1024 * 1024 * 1024));
		int before = workersInMemory();
		for (int i = 0; i < 4; i++) {
			long pid = pidOf(executor);
			assertThat(workersInMemory()).isGreaterThan(before);
			kill(pid);
			awaitGone(pid);
		}
		pidOf(executor);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> workersInMemory() <= before + 1);
	}

}
