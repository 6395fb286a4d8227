package dev.offload.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.TaskContext;
import dev.offload.TaskStream;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of tasks of type thread.
 */
class ThreadStreamContractTests extends StreamContract {

	private final RecordingCarrier carrier = new RecordingCarrier("carrier", Map.of("key", "value"));

	@Override
	protected ExecutorFactory factory() {
		return new ThreadExecutorFactory(ExecutorListener.NONE, ContextCarriers.of(List.of(this.carrier)));
	}

	@Test
	void itemsOfATaskThatRanOnItsCallerAreMadeOnTheThreadThatAsksWithItsContext() throws Exception {
		Gate gate = new Gate(file("gates"), "full");
		ExecutorSpec full = ExecutorSpec.builder("full")
			.type(ExecutorSpec.THREAD)
			.maxWorkers(1)
			.maxPending(1)
			.overload(OverloadPolicy.CALLER_RUNS)
			.build();
		try (OffloadExecutor executor = factory().create(full)) {
			CompletableFuture<Long> busy = executor.submit(gate::pass).future();
			gate.awaitEntered();
			List<String> makers = new ArrayList<>();
			TaskStream<Integer> stream = executor.stream(() -> Stream.iterate(1, (i) -> i + 1)
				.peek((i) -> makers.add(Thread.currentThread().getName() + " " + TaskContext.current().id() + " "
						+ TaskContext.current().isCancelled())));
			Collecting subscriber = new Collecting(0) {
				@Override
				public void onSubscribe(Flow.Subscription given) {
					this.subscription = given;
				}
			};
			stream.publisher().subscribe(subscriber);
			assertThat(makers).isEmpty();
			this.carrier.told().clear();
			Objects.requireNonNull(subscriber.subscription).request(2);
			assertThat(subscriber.count).hasValue(2);
			String here = Thread.currentThread().getName() + " " + stream.handle().id() + " false";
			// One more than was asked for, to see whether that was the last.
			assertThat(makers).containsExactly(here, here, here);
			assertThat(this.carrier.told()).startsWith("carrier restored {key=value}", "carrier closed")
				.endsWith("carrier closed");
			Objects.requireNonNull(subscriber.subscription).cancel();
			gate.letPass();
			busy.join();
		}
	}

}
