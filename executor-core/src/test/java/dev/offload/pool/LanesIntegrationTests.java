package dev.offload.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offload.OffloadExecutor;
import dev.offload.TaskContext;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskProgress;
import dev.offload.TaskStream;
import dev.offload.WorkerTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What carries calls between a service and true workers: pipes, shared memory and
 * sockets.
 */
class LanesIntegrationTests extends AbstractLanePool {

	private static final int CALLERS = 6;

	private static final int CALLS = 30;

	private static final int ITEM_BYTES = 100_000;

	/** Around all limits that there are on the way. */
	private static final int[] SIZES = { 0, 1, 3_900, 4_000, 4_080, 4_096, 8_191, 8_192, 65_536, 300_000, MEGABYTE - 1,
			MEGABYTE, (int) LaneFiles.RING_BYTES - 300, (int) LaneFiles.RING_BYTES, 3_000_000 };

	private static final byte[] CONTENT = new byte[4_000_000];

	static {
		new Random(1).nextBytes(CONTENT);
	}

	@Test
	void slotHasPipesAtOnceAndMemoryOnceAMessageIsLong() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		LaneFiles files = filesOf(executor);
		assertThat(files.open(pid)).contains("w1/t1 (deleted)", "w1/a1 (deleted)");
		assertThat(files.open(LaneFiles.SELF)).containsExactlyInAnyOrder(".lock", "w1/t1 (deleted)", "w1/a1 (deleted)");
		assertThat(files.namedPipes()).isEmpty();
		assertThat(files.shared(pid)).isEmpty();
		assertThat(files.shared(LaneFiles.SELF)).isEmpty();
		byte[] large = Arrays.copyOf(CONTENT, MEGABYTE);
		assertThat(echoed(executor, large)).isEqualTo(large);
		assertThat(files.shared(pid)).containsExactly("w1/m1 (deleted)");
		assertThat(files.shared(LaneFiles.SELF)).containsExactly("w1/m1 (deleted)");
		assertThat(echoed(executor, large)).isEqualTo(large);
		assertThat(files.unread("w1/m1 (deleted)")).isZero();
	}

	@Test
	void slotHasItsSocketOnlyWhenItIsToldSo() throws Exception {
		OffloadExecutor executor = create(spec().worker(worker().transport(WorkerTransport.SOCKET).build()));
		long pid = pidOf(executor);
		LaneFiles files = filesOf(executor);
		for (int size : SIZES) {
			assertThat(echoed(executor, Arrays.copyOf(CONTENT, size))).isEqualTo(Arrays.copyOf(CONTENT, size));
		}
		assertThat(files.open(LaneFiles.SELF)).containsExactly(".lock");
		assertThat(files.open(pid)).filteredOn((name) -> name.matches("w1/[atm]1.*")).isEmpty();
		assertThat(files.shared(pid)).isEmpty();
		assertThat(files.namedPipes()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void everyCallerGetsItsOwnWhateverTheSizes(int threads) throws Exception {
		OffloadExecutor executor = create(spec().threadsPerWorker(threads));
		LaneFiles files = filesOf(executor);
		ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			int seed = i;
			callers.add(new Thread(() -> exchange(executor, new Random(seed), wrong), "test-caller-" + i));
		}
		callers.forEach(Thread::start);
		for (Thread caller : callers) {
			caller.join();
		}
		assertThat(wrong).isEmpty();
		assertThat(files.shared(LaneFiles.SELF)).hasSize(threads);
		assertThat(executor.snapshot().workersStarted()).isEqualTo(1);
	}

	private static void exchange(OffloadExecutor executor, Random random, ConcurrentLinkedQueue<Throwable> wrong) {
		try {
			for (int i = 0; i < CALLS; i++) {
				exchange(executor, random, i);
			}
		}
		catch (Throwable ex) {
			wrong.add(ex);
		}
	}

	// Both the argument and the result may be short or long, each beside the other.
	private static void exchange(OffloadExecutor executor, Random random, int value) throws Exception {
		int size = Math.max(0, SIZES[random.nextInt(SIZES.length)] + random.nextInt(200) - 100);
		int start = random.nextInt(1000);
		byte[] bytes = Arrays.copyOfRange(CONTENT, start, start + size);
		switch (random.nextInt(5)) {
			case 0 ->
				assertThat(executor.submit(echoOf(bytes), TaskOptions.DEFAULTS).future().get(30, TimeUnit.SECONDS))
					.isEqualTo(bytes);
			case 1 -> assertThat(executor.submit(() -> Arrays.hashCode(bytes)).future().get(30, TimeUnit.SECONDS))
				.isEqualTo(Arrays.hashCode(bytes));
			case 2 -> assertThat(executor.call(() -> repeated(value, size))).isEqualTo(repeated(value, size));
			case 3 -> assertThat(executor.call(() -> value)).isEqualTo(value);
			default -> assertThat(echoed(executor, bytes)).isEqualTo(bytes);
		}
	}

	private static byte[] repeated(int value, int size) {
		byte[] bytes = new byte[size];
		Arrays.fill(bytes, (byte) value);
		return bytes;
	}

	@Test
	void longItemsProgressAndAnswersKeepTheirOrder() throws Exception {
		OffloadExecutor executor = create(spec());
		LaneFiles files = filesOf(executor);
		long pid = pidOf(executor);
		for (int round = 0; round < 2; round++) {
			assertItemsCome(executor, 40);
			cancelInTheMiddle(executor);
			TaskHandle<byte[]> handle = executor.submit(() -> {
				TaskContext.current().progress(1, 2, "half of it");
				return repeated(7, 2_000_000);
			});
			assertThat(handle.future().get(30, TimeUnit.SECONDS)).isEqualTo(repeated(7, 2_000_000));
			assertThat(handle.progress()).map(TaskProgress::message).contains("half of it");
		}
		assertThat(files.shared(pid)).containsExactly("w1/m1 (deleted)");
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	private static void assertItemsCome(OffloadExecutor executor, int count) throws Exception {
		try (TaskStream<byte[]> stream = executor.stream(() -> items(count))) {
			Iterator<byte[]> items = stream.items().iterator();
			for (int i = 0; i < count; i++) {
				LockSupport.parkNanos(1_000_000);
				assertThat(items.next()).isEqualTo(repeated(i, ITEM_BYTES));
			}
			assertThat(items.hasNext()).isFalse();
		}
	}

	private static Stream<byte[]> items(int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			TaskContext.current().progress(i, count);
			return repeated(i, ITEM_BYTES);
		});
	}

	private static void cancelInTheMiddle(OffloadExecutor executor) throws Exception {
		try (TaskStream<byte[]> stream = executor.stream(() -> items(100_000))) {
			assertThat(stream.items().limit(5)).hasSize(5);
		}
		assertThat(executor.call(() -> "next")).isEqualTo("next");
	}

	@Test
	void workersThatAreReplacedLeaveNothingOpenAndNoMemory() throws Exception {
		OffloadExecutor executor = create(spec().maxTasksPerWorker(10));
		LaneFiles files = filesOf(executor);
		byte[] large = Arrays.copyOf(CONTENT, MEGABYTE);
		int number = 1;
		while (number < 3) {
			LockSupport.parkNanos(5_000_000);
			echoed(executor, large);
			number = executor.call(() -> Integer.getInteger("offload.worker.number"));
		}
		assertThat(number).isEqualTo(3);
		echoed(executor, large);
		files.awaitOnly(".lock", "w3/t1 (deleted)", "w3/a1 (deleted)", "w3/m1 (deleted)");
	}

}
