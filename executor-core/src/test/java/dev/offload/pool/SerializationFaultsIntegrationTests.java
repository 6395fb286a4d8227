package dev.offload.pool;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.RejectionReason;
import dev.offload.RemoteTaskException;
import dev.offload.TaskHandle;
import dev.offload.TaskStatus;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;
import dev.offload.contract.Gate;
import dev.offload.pool.Strange.DeadlyToCollect;
import dev.offload.pool.Strange.DeadlyToRead;
import dev.offload.pool.Strange.DeadlyToWrite;
import dev.offload.pool.Strange.Endless;
import dev.offload.pool.Strange.SlowToWrite;
import dev.offload.pool.Strange.Unreadable;
import dev.offload.pool.Strange.Unwritable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for objects that fail, kill or take long while they travel.
 */
class SerializationFaultsIntegrationTests extends AbstractPool {

	private static final int LIMIT = 1024 * 1024;

	@Test
	void hundredArgumentsThatCannotBeSentHoldUpNobody() throws Exception {
		OffloadExecutor executor = create(spec().maxPending(4));
		Object lock = new Object();
		for (int i = 0; i < 100; i++) {
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.submit(() -> lock.hashCode()));
		}
		assertThat(executor.call(() -> "well")).isEqualTo("well");
		assertThat(executor.snapshot().rejected()).containsEntry(RejectionReason.PAYLOAD, 100L);
		awaitNothingPending(executor);
	}

	@Test
	void argumentThatThrowsWhileItIsWrittenGivesItsPlaceBack() throws Exception {
		OffloadExecutor executor = create(spec().maxPending(1));
		Unwritable throwing = new Unwritable(false);
		Unwritable erring = new Unwritable(true);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(throwing::error))
				.withStackTraceContaining("cannot be written");
			assertThat(catchThrowable(() -> executor.call(erring::error))).hasStackTraceContaining("cannot be written");
		}
		assertThat(executor.snapshot().pending()).isZero();
		assertThat(executor.call(() -> "well")).isEqualTo("well");
	}

	@Test
	void argumentThatThrowsWhileItIsReadFailsItsTaskAndWorkerLives() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		Unreadable argument = new Unreadable();
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(argument::size))
			.satisfies((ex) -> assertThat(ex.direction()).isEqualTo(PayloadException.Direction.TO_WORKER))
			.withStackTraceContaining("cannot be read");
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void objectThatEndsTheProcessWhileItTravelsIsACrash() throws Exception {
		OffloadExecutor executor = create(spec());
		DeadlyToRead argument = new DeadlyToRead();
		assertThat(catchThrowableOfType(WorkerCrashException.class, () -> executor.call(argument::size)).exitCode())
			.isEqualTo(41);
		assertThat(catchThrowableOfType(WorkerCrashException.class, () -> executor.call(DeadlyToWrite::new)).exitCode())
			.isEqualTo(43);
		assertThat(executor.call(() -> "well")).isEqualTo("well");
	}

	@Test
	void resultThatCannotBeReadFailsItsTaskOnly() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		TaskHandle<Unreadable> bad = executor.submit(Unreadable::new);
		TaskHandle<String> good = executor.submit(() -> "well");
		assertThat(good.future().get(60, TimeUnit.SECONDS)).isEqualTo("well");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> bad.future().get(60, TimeUnit.SECONDS))
			.withCauseInstanceOf(PayloadException.class)
			.withStackTraceContaining("cannot be read");
		assertThat(bad.status()).isEqualTo(TaskStatus.FAILED);
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void exceptionOfAClassThatIsNotHereArrivesAsStandIn() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		assertThatExceptionOfType(RemoteTaskException.class).isThrownBy(() -> executor.call(() -> {
			throw Strange.Unknown.exception();
		})).satisfies((ex) -> {
			assertThat(ex.className()).isEqualTo("dev.offload.stranger.NowhereException");
			assertThat(ex.originalMessage()).isEqualTo("from nowhere");
		});
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void exceptionThatIsReturnedIsAResult() throws Exception {
		OffloadExecutor executor = create(spec());
		assertThat(executor.call(() -> new IllegalStateException("a value")))
			.isExactlyInstanceOf(IllegalStateException.class)
			.hasMessage("a value");
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.SUCCEEDED, 1L);
	}

	@Test
	void exceptionsOfAllShapesAreTold() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		assertThat(catchThrowable(() -> executor.call(() -> {
			throw new IllegalStateException();
		}))).isExactlyInstanceOf(IllegalStateException.class).hasMessage(null);
		assertThat(catchThrowable(() -> executor.call(() -> {
			IllegalStateException first = new IllegalStateException("first");
			first.addSuppressed(new IOException("suppressed"));
			first.initCause(new IllegalArgumentException("second", first));
			throw first;
		}))).hasMessage("first")
			.hasCauseExactlyInstanceOf(IllegalArgumentException.class)
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.asInstanceOf(InstanceOfAssertFactories.THROWABLE)
				.hasMessage("suppressed"));
		assertThat(catchThrowable(() -> executor.call(() -> {
			throw new LinkageError("an error");
		}))).isExactlyInstanceOf(LinkageError.class).hasMessage("an error");
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void eachFutureHasAnExceptionOfItsOwn() {
		OffloadExecutor executor = create(spec().worker(worker().initializer(ConfiguredInitializer.class.getName())
			.initializerArguments(List.of("fail"))
			.build()));
		List<Throwable> failures = new ArrayList<>();
		List<TaskHandle<Integer>> handles = List.of(executor.submit(() -> 1), executor.submit(() -> 2),
				executor.submit(() -> 3));
		for (TaskHandle<Integer> handle : handles) {
			failures.add(catchThrowableOfType(ExecutionException.class, () -> handle.future().get(60, TimeUnit.SECONDS))
				.getCause());
		}
		assertThat(failures).hasOnlyElementsOfType(WorkerStartException.class).doesNotHaveDuplicates();
	}

	@Test
	void payloadUpToTheLimitTravelsAndOneByteMoreIsRefusedBeforeItIsSent() throws Exception {
		OffloadExecutor executor = create(spec().maxPayloadBytes(LIMIT));
		int fits = 0;
		int over = LIMIT;
		long refused = 0;
		while (over - fits > 1) {
			int middle = (fits + over) / 2;
			if (travels(executor, new byte[middle])) {
				fits = middle;
			}
			else {
				over = middle;
				refused++;
			}
		}
		// what a task takes besides its array
		assertThat(LIMIT - fits).isLessThan(2000);
		assertThat(executor.snapshot().rejected()).containsEntry(RejectionReason.PAYLOAD, refused);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.FAILED, 0L);
	}

	private static boolean travels(OffloadExecutor executor, byte[] bytes) throws Exception {
		try {
			assertThat(executor.call(() -> bytes.length)).isEqualTo(bytes.length);
			return true;
		}
		catch (PayloadException ex) {
			assertThat(ex).hasMessageContaining("max-payload-bytes");
			return false;
		}
	}

	@Test
	void payloadOfGigabytesIsRefusedAtTheLimit() throws Exception {
		OffloadExecutor executor = create(spec().maxPayloadBytes(2 * LIMIT));
		Endless endless = new Endless();
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(endless::size))
			.withMessageContaining("max-payload-bytes");
		assertThat(Endless.megabytes()).isLessThan(4);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(Endless::new))
			.withMessageContaining("max-payload-bytes");
		assertThat(executor.call(Endless::megabytes)).isLessThan(4);
	}

	@Test
	void failureLargerThanTheLimitArrivesCut() throws Exception {
		OffloadExecutor executor = create(spec().maxPayloadBytes(10_000));
		long pid = pidOf(executor);
		assertThat(catchThrowable(() -> executor.call(() -> {
			throw new IllegalStateException("start " + "x".repeat(1_000_000));
		}))).hasMessageContaining("start xxx").satisfies((ex) -> assertThat(ex.toString()).hasSizeLessThan(20_000));
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void argumentThatTakesLongToWriteFindsAWorkerThoughTheIdleOnesHaveEnded() throws Exception {
		OffloadExecutor executor = create(spec().idleTimeout(Duration.ofMillis(200)));
		long pid = pidOf(executor);
		Gate gate = gate("slow");
		SlowToWrite argument = new SlowToWrite(gate);
		CompletableFuture<Integer> size = CompletableFuture
			.supplyAsync(() -> executor.submit(argument::size).future().join());
		gate.awaitEntered();
		awaitGone(pid);
		gate.letPass();
		assertThat(size.get(60, TimeUnit.SECONDS)).isEqualTo(1);
	}

	@Test
	void resultThatTakesLongToWriteKeepsItsWorkerFromBeingIdle() throws Exception {
		OffloadExecutor executor = create(spec().idleTimeout(Duration.ofMillis(100)));
		Gate gate = gate("slow");
		TaskHandle<SlowToWrite> handle = executor.submit(() -> new SlowToWrite(gate));
		gate.awaitEntered();
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.atMost(Duration.ofSeconds(20))
			.until(() -> executor.snapshot().workers().size() == 1);
		gate.letPass();
		assertThat(handle.future().get(60, TimeUnit.SECONDS).size()).isEqualTo(1);
		assertThat(executor.snapshot().workersCrashed()).isZero();
	}

	@Test
	void argumentThatEndsTheProcessOnceItIsGarbageIsACrashOfWhatRunsThen() throws Exception {
		OffloadExecutor executor = create(spec());
		DeadlyToCollect argument = new DeadlyToCollect();
		assertThat(executor.call(argument::size)).isEqualTo(1);
		assertThat(catchThrowableOfType(WorkerCrashException.class, () -> executor.call(Strange::collectForEver))
			.exitCode()).isEqualTo(47);
		assertThat(executor.call(() -> "well")).isEqualTo("well");
	}

	@Test
	void argumentsAreGarbageOnBothSidesAfterTheirTask() throws Exception {
		OffloadExecutor executor = create(spec());
		WeakReference<Object> here = submitAndForget(executor);
		awaitNothingPending(executor);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			System.gc();
			return here.get() == null;
		});
		assertThat(executor.call(Strange::isCollected)).isTrue();
	}

	private static WeakReference<Object> submitAndForget(OffloadExecutor executor) throws Exception {
		byte[] argument = new byte[100_000];
		assertThat(executor.submit(() -> Strange.keepWeakly(argument)).future().get(60, TimeUnit.SECONDS)).isTrue();
		return new WeakReference<>(argument);
	}

}
