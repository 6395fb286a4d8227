package dev.offload.local;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.Batch;
import dev.offload.BatchOptions;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskContext;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskProgress;
import dev.offload.contract.PlainCalculator;
import dev.offload.pool.MarkingCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what only executors of type inline do.
 */
class InlineExecutorTests {

	private static volatile byte[] kept;

	private final CountDownLatch entered = new CountDownLatch(2);

	private final CountDownLatch open = new CountDownLatch(1);

	private final OffloadExecutor executor = new InlineExecutorFactory().create(ExecutorSpec.builder("test-inline")
		.type(ExecutorSpec.INLINE)
		.maxWorkers(1)
		.maxPending(2)
		.codecRoundTrip(false)
		.build());

	@AfterEach
	void close() {
		this.open.countDown();
		this.executor.close();
	}

	@Test
	void callRunsOnItsCaller() throws Exception {
		int left = 2;
		int right = 3;
		assertThat(this.executor.call(() -> left + right)).isEqualTo(5);
		assertThat(this.executor.call(Thread::currentThread)).isSameAs(Thread.currentThread());
	}

	@Test
	void callKnowsItselfAndSaysItsProgressOnItsCaller() throws Exception {
		TaskHandle<String> handle = this.executor.submit(() -> {
			TaskContext self = TaskContext.current();
			self.progress(1, 2, "outer" + "ü".repeat(1000));
			String inner = this.executor.call(() -> TaskContext.current().id());
			assertThat(TaskContext.current()).isSameAs(self);
			return inner + " in " + self.id();
		});
		assertThat(handle.future().join()).endsWith(" in " + handle.id()).doesNotStartWith(handle.id());
		assertThat(handle.progress()).map(TaskProgress::message).hasValue("outer" + "ü".repeat(509));
		assertThat(TaskContext.current().id()).isEmpty();
	}

	@Test
	void callIsEncodedByTheCodecThatIsNamed() throws Exception {
		try (OffloadExecutor copying = new InlineExecutorFactory()
			.create(ExecutorSpec.builder("test-marking").type(ExecutorSpec.INLINE).codec("marking").build())) {
			assertThat(copying.call(MarkingCodec::hasDecoded)).isTrue();
		}
	}

	@Test
	void submitOfInvocationHasRunWhenItReturns() throws Exception {
		Invocation multiplication = Invocation
			.ofStatic(PlainCalculator.class.getMethod("multiply", int.class, int.class), 3, 4);
		assertThat(this.executor.submit(multiplication, TaskOptions.DEFAULTS).future()).isCompletedWithValue(12);
	}

	@Test
	void largeArraysWhenTheyMakeTheRoundTripAreSharedWithNobody() throws Throwable {
		byte[] array = new byte[100_000];
		try (OffloadExecutor isolating = new InlineExecutorFactory()
			.create(ExecutorSpec.builder("test-round-trip").type(ExecutorSpec.INLINE).codecRoundTrip(true).build())) {
			Invocation keep = Invocation.ofStatic(getClass().getDeclaredMethod("keep", byte[].class), (Object) array);
			Object result = isolating.call(keep, TaskOptions.DEFAULTS);
			assertThat(kept).isNotSameAs(array).isEqualTo(array);
			assertThat(result).isNotSameAs(kept).isEqualTo(array);
		}
	}

	static byte[] keep(byte[] array) {
		kept = array;
		return array;
	}

	@Test
	void executorHasNeitherProcessNorThread() throws Exception {
		assertThat(this.executor.name()).isEqualTo("test-inline");
		this.executor.call(() -> 1);
		ExecutorSnapshot snapshot = this.executor.snapshot();
		assertThat(snapshot.workers()).isEmpty();
		assertThat(snapshot.workersStarted()).isZero();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("test-inline"));
	}

	@Test
	void callersRunAtOnceUpToMaxPendingWhateverMaxWorkersSays() throws Exception {
		startCaller();
		startCaller();
		assertThat(this.entered.await(30, TimeUnit.SECONDS)).isTrue();
		ExecutorSnapshot snapshot = this.executor.snapshot();
		assertThat(snapshot.active()).isEqualTo(2);
		assertThat(snapshot.queued()).isZero();
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> this.executor.call(() -> 1));
	}

	@Test
	void batchThatWaitedGoesOnOnAThreadOfItsOwn() throws Exception {
		try (OffloadExecutor narrow = new InlineExecutorFactory().create(
				ExecutorSpec.builder("narrow").type(ExecutorSpec.INLINE).maxPending(1).codecRoundTrip(false).build())) {
			CountDownLatch inside = new CountDownLatch(1);
			CompletableFuture<Integer> other = new CompletableFuture<>();
			Thread caller = new Thread(() -> {
				try {
					other.complete(narrow.call(() -> {
						inside.countDown();
						this.open.await(30, TimeUnit.SECONDS);
						return 1;
					}));
				}
				catch (Exception ex) {
					other.completeExceptionally(ex);
				}
			}, "caller-of-inline");
			AtomicInteger taken = new AtomicInteger();
			Iterator<Integer> items = Stream.generate(() -> {
				if (taken.incrementAndGet() == 2) {
					caller.start();
					awaitQuietly(inside);
				}
				return 1;
			}).limit(5).iterator();
			Batch<String> batch = narrow.map(() -> items, (item) -> Thread.currentThread().getName(),
					BatchOptions.chunksOf(1));
			this.open.countDown();
			assertThat(other.get(30, TimeUnit.SECONDS)).isOne();
			assertThat(batch.results().subList(1, 5)).containsOnly("narrow-batch");
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void startCaller() {
		Thread caller = new Thread(() -> {
			try {
				this.executor.call(() -> {
					this.entered.countDown();
					return this.open.await(30, TimeUnit.SECONDS);
				});
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, "caller-of-inline");
		caller.setDaemon(true);
		caller.start();
	}

}
