package dev.offload.pool;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offload.Invocation;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for methods that are called by their numbers, with real workers.
 */
@Timeout(60)
class MethodNumbersIntegrationTests extends AbstractPool {

	@Test
	void methodsHaveTheirNumbersInEveryWorker() throws Throwable {
		OffloadExecutor executor = create(spec().maxTasksPerWorker(5));
		// When the third starts, the second has had its five.
		for (int i = 0; executor.snapshot().workersStarted() < 3; i++) {
			assertThat(call(executor, "max", i, 6)).isEqualTo(Math.max(i, 6));
			assertThat(call(executor, "min", i, 6)).isEqualTo(Math.min(i, 6));
		}
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void methodThatIsNotFoundFailsEachTimeAndItsWorkerLives() throws Throwable {
		OffloadExecutor executor = create(spec());
		Invocation noBean = Invocation.onBean("nowhere", Integer.class.getMethod("compareTo", Integer.class), 1);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(OffloadException.class)
				.isThrownBy(() -> executor.call(noBean, TaskOptions.DEFAULTS))
				.withMessageContaining("There is no bean 'nowhere'");
			assertThat(call(executor, "max", 1, 2)).isEqualTo(2);
		}
		assertThat(executor.snapshot().workersStarted()).isEqualTo(1);
	}

	private static Object call(OffloadExecutor executor, String name, int first, int second) throws Throwable {
		Invocation invocation = Invocation.ofStatic(Math.class.getMethod(name, int.class, int.class),
				List.of(first, second).toArray());
		return executor.call(invocation, TaskOptions.DEFAULTS);
	}

}
