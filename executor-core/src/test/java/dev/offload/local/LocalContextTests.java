package dev.offload.local;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

import dev.offload.Batch;
import dev.offload.BatchOptions;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.contract.RecordingCarrier;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.MdcContextCarrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what tasks take along of their callers' threads, where they stay in this JVM.
 */
class LocalContextTests {

	private final RecordingCarrier recording = new RecordingCarrier("recording", Map.of("k", "v"));

	private final ContextCarriers carriers = ContextCarriers.of(List.of(new MdcContextCarrier(), this.recording));

	static Stream<String> types() {
		Stream<String> all = Stream.of(ExecutorSpec.THREAD, ExecutorSpec.INLINE);
		return (Runtime.version().feature() < 21) ? all : Stream.concat(all, Stream.of(ExecutorSpec.VIRTUAL));
	}

	@AfterEach
	void clear() {
		MDC.clear();
	}

	private OffloadExecutor create(String type) {
		ExecutorFactory factory = LocalExecutorFactories.all(ExecutorListener.NONE, this.carriers)
			.stream()
			.filter((each) -> each.type().equals(type))
			.findFirst()
			.orElseThrow();
		return factory.create(ExecutorSpec.builder("local").type(type).maxWorkers(1).build());
	}

	@ParameterizedTest
	@MethodSource("types")
	void contextIsThereWhereTheTaskRunsAndGoneAfterwards(String type) throws Exception {
		try (OffloadExecutor executor = create(type)) {
			MDC.put("tenant", "acme");
			assertThat(executor.<String>call(() -> MDC.get("tenant"))).isEqualTo("acme");
			assertThat(MDC.get("tenant")).isEqualTo("acme");
			MDC.clear();
			assertThat(executor.submit(() -> String.valueOf(MDC.get("tenant"))).future().get()).isEqualTo("null");
		}
		assertThat(this.recording.told().subList(0, 5)).first().asString().startsWith("captured LocalContextTests");
		assertThat(this.recording.told().subList(1, 5)).containsExactlyInAnyOrder("started", "recording restored {k=v}",
				"recording closed", "ended SUCCEEDED");
	}

	@ParameterizedTest
	@MethodSource("types")
	void contextOfABatchIsThatOfItsMakerWhoeverSubmitsItsTasks(String type) {
		try (OffloadExecutor executor = create(type)) {
			MDC.put("tenant", "acme");
			List<Integer> items = IntStream.range(0, 50).boxed().toList();
			Batch<String> batch = executor.map(items, (item) -> MDC.get("tenant"), BatchOptions.chunksOf(1));
			MDC.clear();
			assertThat(batch.results()).hasSize(50).containsOnly("acme");
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void contextIsTakenBackWhenTheTaskFails(String type) {
		try (OffloadExecutor executor = create(type)) {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> executor.call(() -> {
				throw new IllegalStateException("bad");
			}));
		}
		assertThat(this.recording.told()).containsSubsequence("recording failed bad", "recording closed")
			.endsWith("ended FAILED IllegalStateException");
	}

	@ParameterizedTest
	@MethodSource("types")
	void carrierHearsOfARejectedTask(String type) {
		OffloadExecutor executor = create(type);
		executor.close();
		assertThatExceptionOfType(ExecutorClosedException.class).isThrownBy(() -> executor.call(() -> 1));
		assertThat(this.recording.told()).endsWith("rejected ExecutorClosedException").hasSize(2);
	}

}
