package dev.offload.contract;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.adapter.OffloadExecutors;
import dev.offload.spi.ExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What executors must do as those of the JDK. One executor serves all tests of a type.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServiceContract {

	private static final int MAX_PENDING = 3;

	@TempDir
	Path directory;

	private OffloadExecutor executor;

	private ExecutorService service;

	abstract ExecutorFactory factory();

	@BeforeAll
	void create() {
		this.executor = factory().create(
				ExecutorSpec.builder("service").type(factory().type()).maxWorkers(2).maxPending(MAX_PENDING).build());
		this.service = OffloadExecutors.asExecutorService(this.executor);
	}

	@AfterAll
	void close() {
		this.executor.closeNow();
	}

	private static <T> Callable<T> call(TestCallable<T> callable) {
		return callable;
	}

	private List<Callable<Integer>> squares(int count) {
		return IntStream.range(0, count).mapToObj((i) -> call(() -> i * i)).toList();
	}

	private Future<Long> holdAllPlaces(Gate gate) {
		Future<Long> first = this.service.submit(call(gate::pass));
		for (int i = 1; i < MAX_PENDING; i++) {
			this.service.execute((Runnable & Serializable) () -> passQuietly(gate));
		}
		gate.awaitEntered();
		return first;
	}

	private static void passQuietly(Gate gate) {
		try {
			gate.pass();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void submitGivesTheResultOrTheFailure() throws Exception {
		assertThat(this.service.submit(call(() -> "done")).get()).isEqualTo("done");
		assertThat(this.service.submit((Runnable & Serializable) () -> {
		}, "given").get()).isEqualTo("given");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> this.service.submit(call(() -> {
			throw new IllegalStateException("no");
		})).get()).withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void submitWhenTheTaskCannotTravelSaysSo() {
		if (this.executor.spec().type().equals(ExecutorSpec.PROCESS)) {
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.service.submit(() -> "plain"))
				.withMessageContaining("is not serializable")
				.withMessageContaining("cast it");
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> CompletableFuture.supplyAsync(() -> "plain", this.service))
				.withMessageContaining("is not serializable");
		}
		else {
			assertThat(CompletableFuture.supplyAsync(() -> "plain", this.service))
				.succeedsWithin(Duration.ofSeconds(20));
		}
	}

	@Test
	void submitWhenThereIsNoRoomIsRejected() throws Exception {
		Gate gate = new Gate(this.directory, "full");
		Future<Long> first = holdAllPlaces(gate);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.service.submit(call(() -> 1)))
			.withCauseInstanceOf(ExecutorOverloadException.class);
		gate.letPass();
		assertThat(first.get(20, TimeUnit.SECONDS)).isPositive();
		Awaitility.await().until(() -> this.executor.snapshot().pending() == 0);
	}

	@Test
	void cancelCancelsTheTask() {
		Gate gate = new Gate(this.directory, "cancel");
		Future<Long> running = this.service.submit(call(gate::pass));
		gate.awaitEntered();
		assertThat(running.cancel(false)).isTrue();
		Awaitility.await().until(() -> this.executor.snapshot().pending() == 0);
	}

	@Test
	void invokeAllTakesMoreTasksThanThereArePlaces() throws Exception {
		List<Future<Integer>> futures = this.service.invokeAll(squares(50));
		assertThat(futures).hasSize(50).allMatch(Future::isDone);
		assertThat(futures.get(7).get()).isEqualTo(49);
	}

	@Test
	void invokeAllWhenTheTimeIsUpCancelsTheRest() throws Exception {
		Gate gate = new Gate(this.directory, "late");
		assertThat(this.service.submit(call(() -> 0)).get()).isZero();
		List<Callable<Long>> tasks = List.of(call(() -> 1L), call(gate::pass));
		List<Future<Long>> futures = this.service.invokeAll(tasks, 300, TimeUnit.MILLISECONDS);
		assertThat(futures.get(0).get()).isOne();
		assertThat(futures.get(1).isCancelled()).isTrue();
		Awaitility.await().until(() -> this.executor.snapshot().pending() == 0);
	}

	@Test
	void invokeAnyGivesTheFirstResult() throws Exception {
		Gate gate = new Gate(this.directory, "any");
		assertThat(this.service.invokeAny(List.of(call(gate::pass), call(() -> 2L)))).isEqualTo(2);
		assertThatExceptionOfType(TimeoutException.class)
			.isThrownBy(() -> this.service.invokeAny(List.of(call(gate::pass)), 50, TimeUnit.MILLISECONDS));
		Awaitility.await().until(() -> this.executor.snapshot().pending() == 0);
	}

	@Test
	void shutdownEndsTheServiceAndNotTheExecutor() throws Exception {
		ExecutorService own = OffloadExecutors.asExecutorService(this.executor);
		Gate gate = new Gate(this.directory, "shutdown");
		Future<Long> running = own.submit(call(gate::pass));
		gate.awaitEntered();
		own.shutdown();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> own.submit(call(() -> 1)))
			.withMessageContaining("shut down");
		assertThat(own.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
		gate.letPass();
		assertThat(own.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(running).isDone();
		assertThat(this.executor.snapshot().state()).isEqualTo(ExecutorState.OPEN);
	}

	@Test
	void shutdownNowCancelsItsTasksAndGivesThoseThatHadNotBegun() throws Exception {
		ExecutorService own = OffloadExecutors.asExecutorService(this.executor);
		Gate gate = new Gate(this.directory, "now");
		Future<Long> first = holdAllPlaces(gate);
		gate.letPass();
		assertThat(first.get(20, TimeUnit.SECONDS)).isPositive();
		Awaitility.await().until(() -> this.executor.snapshot().pending() == 0);
		Gate closed = new Gate(this.directory, "never");
		own.execute((Runnable & Serializable) () -> passQuietly(closed));
		own.execute((Runnable & Serializable) () -> passQuietly(closed));
		Runnable waiting = (Runnable & Serializable) () -> {
		};
		own.execute(waiting);
		assertThat(own.shutdownNow()).containsExactly(waiting);
		assertThat(own.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(own.isTerminated()).isTrue();
		Awaitility.await().until(() -> this.executor.snapshot().pending() == 0);
	}

	/**
	 * A callable that can be sent.
	 *
	 * @param <T> the type of the result
	 */
	interface TestCallable<T> extends Callable<T>, Serializable {

	}

}
