package dev.offload.contract;

import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offload.PayloadException;
import dev.offload.TaskStream;
import dev.offload.WorkerCrashException;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Streams of tasks in workers.
 */
class ProcessStreamContractIntegrationTests extends StreamContract {

	@Override
	protected ExecutorFactory factory() {
		return ProcessExecutorFactory.builder().build();
	}

	@Test
	void millionItemsPassThroughASmallHeap() {
		try (TaskStream<Long> stream = executor()
			.stream(() -> LongStream.range(0, 1_000_000).mapToObj((i) -> i + 1_000_000_000_000L))) {
			assertThat(stream.items().mapToLong((i) -> i - 1_000_000_000_000L).sum()).isEqualTo(499_999_500_000L);
		}
	}

	@Test
	void crashInTheMiddleComesAfterTheItemsBefore() throws Exception {
		Gate gate = new Gate(file("gates"), "crash");
		try (TaskStream<Integer> stream = executor().stream(() -> IntStream.range(0, 10).boxed().peek((i) -> {
			if (i == 5) {
				gate.passStubbornly();
				Runtime.getRuntime().halt(7);
			}
		}))) {
			Iterator<Integer> items = stream.items().iterator();
			for (int i = 0; i < 5; i++) {
				assertThat(items.next()).isEqualTo(i);
			}
			gate.letPass();
			assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(items::hasNext).withMessageContaining("7");
		}
		assertSlotIsFree();
	}

	@Test
	void itemThatCannotTravelFailsTheStream() throws Exception {
		try (TaskStream<Object> stream = executor().stream(() -> Stream.of("well", new Object()))) {
			Iterator<Object> items = stream.items().iterator();
			assertThat(items.next()).isEqualTo("well");
			assertThatExceptionOfType(PayloadException.class).isThrownBy(items::hasNext)
				.withMessageContaining("java.lang.Object");
		}
		assertSlotIsFree();
	}

}
