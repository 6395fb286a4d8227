package dev.offload.registry;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.rowset.serial.SerialBlob;
import javax.xml.parsers.DocumentBuilderFactory;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;
import dev.offload.UnknownTaskException;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.StoredTask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link MemoryTaskStore}: what it keeps, how much and how long.
 */
class MemoryTaskStoreTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

	private static TaskRecord task(String id, int second, TaskStatus status) {
		Instant at = Instant.EPOCH.plusSeconds(second);
		return new TaskRecord("compute", id, "label", Map.of(), status, 1, -1,
				new TaskTimes(at, at, at, Duration.ZERO, Duration.ZERO), null, null);
	}

	private static StoredTask submitted(String id, int second, @Nullable Object result) {
		return new StoredTask(task(id, second, TaskStatus.SUCCEEDED), true, result);
	}

	private static StoredTask called(String id, int second) {
		return new StoredTask(task(id, second, TaskStatus.SUCCEEDED), false, null, true);
	}

	private static List<String> ids(MemoryTaskStore store) {
		return store.list(TaskQuery.ALL.page(0, 1000)).tasks().stream().map(TaskRecord::id).toList();
	}

	private MemoryTaskStore.Builder store() {
		return MemoryTaskStore.builder().nanoTime(this.nanos::get);
	}

	@Test
	void taskIsKeptInPlaceOfTheOneBefore() {
		MemoryTaskStore store = store().build();
		assertThat(store.find("a")).isEmpty();
		assertThat(store.list(TaskQuery.ALL)).isEqualTo(new TaskPage(List.of(), 0));
		store.save(new StoredTask(task("a", 1, TaskStatus.RETRYING)));
		store.save(submitted("a", 1, "result"));
		assertThat(store.find("a")).contains(submitted("a", 1, "result"));
		store.save(called("a", 2));
		assertThat(store.find("a")).contains(called("a", 2));
		assertThat(ids(store)).containsExactly("a");
		store.save(submitted("a", 3, null));
		assertThat(store.find("a")).contains(submitted("a", 3, null));
		assertThat(store.clear(TaskQuery.ALL.withLabel("other"))).isZero();
		store.save(submitted("b", 4, null));
		assertThat(store.clear(TaskQuery.ALL.ofExecutor("compute").page(7, 1))).isEqualTo(2);
		assertThat(ids(store)).isEmpty();
		assertThat(store.clear(TaskQuery.ALL)).isZero();
	}

	@Test
	void oldestGoesWhereThereIsOneTooMany() {
		MemoryTaskStore store = store().maxRecords(20).build();
		IntStream.range(0, 100).forEach((i) -> store.save(submitted("s" + i, i, "r" + i)));
		assertThat(ids(store)).hasSize(20).first().isEqualTo("s99");
		assertThat(store.find("s79")).isEmpty();
		assertThat(store.find("s80")).isPresent();
	}

	@Test
	void thousandsOfCallsPushOutNothingThatWasSubmitted() {
		MemoryTaskStore store = store().maxRecords(20).build();
		store.save(submitted("mine", 0, "result"));
		IntStream.range(1, 5000).forEach((i) -> store.save(called("c" + i, i)));
		assertThat(store.find("mine")).isPresent();
		assertThat(ids(store)).containsExactly("c4999", "c4998", "mine");
	}

	@Test
	void taskIsGoneWhenItsTimeIsOver() {
		MemoryTaskStore store = store().resultTtl(Duration.ofSeconds(1)).build();
		store.save(submitted("submitted", 0, "result"));
		store.save(called("called", 1));
		this.nanos.addAndGet(Duration.ofMillis(999).toNanos());
		store.save(submitted("later", 2, "result"));
		assertThat(ids(store)).containsExactly("later", "called", "submitted");
		this.nanos.addAndGet(Duration.ofMillis(1).toNanos());
		assertThat(store.find("submitted")).isEmpty();
		assertThat(store.find("called")).isEmpty();
		assertThat(ids(store)).containsExactly("later");
		MemoryTaskStore forEver = store().resultTtl(Duration.ZERO).build();
		forEver.save(submitted("a", 0, "result"));
		forEver.save(called("b", 0));
		this.nanos.addAndGet(Duration.ofDays(100).toNanos());
		assertThat(ids(forEver)).hasSize(2);
	}

	@Test
	void resultsAreKeptUpToTheirSizes() {
		MemoryTaskStore store = store().maxResultBytes(1000).maxTotalResultBytes(2500).build();
		store.save(submitted("large", 0, new byte[2000]));
		assertThat(store.find("large").orElseThrow().hasResult()).isFalse();
		IntStream.range(0, 4).forEach((i) -> store.save(submitted("r" + i, i, new byte[900])));
		assertThat(IntStream.range(0, 4).mapToObj((i) -> store.find("r" + i).orElseThrow().hasResult()))
			.containsExactly(false, false, true, true);
		assertThat(store.resultBytes()).isEqualTo(2 * 916);
		store.clear(TaskQuery.ALL);
		assertThat(store.resultBytes()).isZero();
	}

	@Test
	@SuppressWarnings("ArrayRecordComponent")
	void sizeOfAResultIsThatOfWhatItHolds() {
		record Document(String name, byte[] content) {
		}
		assertThat(ResultSize.of(null)).isZero();
		assertThat(ResultSize.of(new byte[100_000])).isBetween(100_000L, 101_000L);
		assertThat(ResultSize.of("x".repeat(1000))).isBetween(1000L, 2100L);
		assertThat(ResultSize.of(new Document("a", new byte[50_000]))).isBetween(50_000L, 51_000L);
		assertThat(ResultSize.of(Collections.nCopies(1_000_000, 1L))).isBetween(8_000_000L, 40_000_000L);
		assertThat(ResultSize.of(Map.of("a", new byte[10_000]))).isBetween(10_000L, 11_000L);
		Object[] itself = new Object[1];
		itself[0] = itself;
		assertThat(ResultSize.of(itself)).isLessThan(100);
	}

	@Test
	void sizeOfAnObjectOfTheJdkIsThatOfWhatItHolds() {
		byte[] content = new byte[10_000];
		BitSet bits = new BitSet();
		bits.set(80_000);
		for (Object holder : List.of(Map.entry("a", content), Optional.of(content), new AtomicReference<>(content),
				ByteBuffer.wrap(content), ByteBuffer.wrap(content, 9, 1).slice(), ByteBuffer.allocateDirect(10_000),
				CharBuffer.wrap(new char[5000]).position(5000), BigInteger.ONE.shiftLeft(80_000),
				new BigDecimal(BigInteger.ONE.shiftLeft(80_000)), bits)) {
			assertThat(ResultSize.of(holder)).as(holder.getClass().getName()).isBetween(10_000L, 11_000L);
		}
		for (Object small : List.of(1L, UUID.randomUUID(), Duration.ZERO, Instant.EPOCH, Locale.ROOT, BigDecimal.TEN,
				Path.of("a"), URI.create("a:b"), Duration.class, TimeUnit.DAYS, ZoneId.of("UTC"), new Timestamp(1),
				Currency.getInstance("EUR"), TimeZone.getDefault(), new File("a"), StandardCharsets.UTF_8,
				FileTime.fromMillis(1), new AtomicBoolean(), new AtomicLong(), OptionalInt.of(1), Pattern.compile("a"),
				new InetSocketAddress(1))) {
			assertThat(ResultSize.of(small)).as(small.getClass().getName()).isLessThan(100);
		}
	}

	@Test
	void resultWhoseSizeNobodyKnowsIsNotKept() throws Exception {
		byte[] content = new byte[10];
		for (Object result : List.of(DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument(),
				List.of(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)), new AtomicLongArray(1),
				new AtomicReferenceArray<>(new Object[] { content }), CompletableFuture.completedFuture(content),
				new SerialBlob(content), new ByteArrayOutputStream(10))) {
			MemoryTaskStore store = store().build();
			store.save(submitted("a", 0, result));
			assertThat(store.find("a").orElseThrow().hasResult()).as(result.getClass().getName()).isFalse();
		}
	}

	// Stores of other tests may have such threads, too.
	@Test
	void threadThatRemovesEndsWithTheStore() {
		Set<Thread> others = removals();
		WeakReference<MemoryTaskStore> store = new WeakReference<>(storeWithATask());
		Set<Thread> started = removals();
		started.removeAll(others);
		assertThat(started).isNotEmpty();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			System.gc();
			return store.get() == null && started.stream().noneMatch(Thread::isAlive);
		});
	}

	@Test
	void threadThatRemovesEndsWhenTheStoreIsClosed() {
		List<Thread> started = new ArrayList<>();
		MemoryTaskStore store = MemoryTaskStore.builder().starter((thread) -> {
			started.add(thread);
			thread.start();
		}).build();
		store.save(submitted("a", 0, "result"));
		store.save(submitted("b", 0, "result"));
		store.close();
		assertThat(started).hasSize(1);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !started.get(0).isAlive());
		assertThat(store.find("a")).isPresent();
		store.save(submitted("c", 0, "result"));
		assertThat(started).hasSize(2);
		store.close();
		store.close();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !started.get(1).isAlive());
	}

	@Test
	void registryClosesTheStoreThatItMadeAndNoOther() {
		Set<Thread> others = removals();
		try (StandardExecutorRegistry registry = StandardExecutorRegistry.builder()
			.factory(new ThreadExecutorFactory())
			.build()) {
			submitOne(registry);
			assertThat(removals()).hasSizeGreaterThan(others.size());
			registry.closeAll();
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> others.containsAll(removals()));
			List<Thread> started = new ArrayList<>();
			MemoryTaskStore given = store().starter(started::add).build();
			try (StandardExecutorRegistry other = StandardExecutorRegistry.builder()
				.factory(new ThreadExecutorFactory())
				.store(given)
				.build()) {
				submitOne(other);
			}
			assertThat(started).singleElement(InstanceOfAssertFactories.type(RemovalThread.class))
				.returns(false, RemovalThread::isEnded);
		}
	}

	private static void submitOne(StandardExecutorRegistry registry) {
		registry.getOrCreate(ExecutorSpec.builder("pool").type("thread").build()).submit(() -> "one").future().join();
	}

	@Test
	void threadThatCannotStartFailsNoTask() {
		AtomicInteger starts = new AtomicInteger();
		MemoryTaskStore store = store().starter((thread) -> {
			if (starts.incrementAndGet() < 3) {
				throw new OutOfMemoryError("unable to create native thread");
			}
		}).build();
		IntStream.range(0, 5).forEach((i) -> store.save(submitted("s" + i, i, "result")));
		assertThat(ids(store)).hasSize(5);
		assertThat(starts).as("none after the one that has started").hasValue(3);
	}

	@Test
	void threadThatRemovesGoesOnWhereThatFails() {
		AtomicInteger removals = new AtomicInteger();
		MemoryTaskStore store = MemoryTaskStore.builder().resultTtl(Duration.ofMillis(10)).nanoTime(() -> {
			if (Thread.currentThread() instanceof RemovalThread && removals.incrementAndGet() < 3) {
				throw new OutOfMemoryError("as if there were no memory");
			}
			return System.nanoTime();
		}).build();
		store.save(submitted("a", 0, "result"));
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> store.resultBytes() == 0);
		assertThat(removals).hasValueGreaterThan(2);
	}

	private MemoryTaskStore storeWithATask() {
		MemoryTaskStore store = MemoryTaskStore.builder().build();
		store.save(submitted("a", 0, "result"));
		return store;
	}

	private static Set<Thread> removals() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(RemovalThread.NAME))
			.collect(Collectors.toCollection(HashSet::new));
	}

	@Test
	void resultThatCanBeReadOnceIsItsCallersAlone() {
		try (StandardExecutorRegistry registry = StandardExecutorRegistry.builder()
			.factory(new ThreadExecutorFactory())
			.build()) {
			OffloadExecutor executor = registry.getOrCreate(ExecutorSpec.builder("pool").type("thread").build());
			TaskHandle<InputStream> handle = executor.submit(() -> new ByteArrayInputStream(new byte[1]));
			assertThat(handle.future().join()).isNotEmpty();
			assertThatExceptionOfType(UnknownTaskException.class)
				.isThrownBy(() -> registry.tasks().result(handle.id()));
		}
	}

	@Test
	void boundThatCannotBeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> store().maxRecords(0)).withMessageContaining("is 0");
		assertThatIllegalArgumentException().isThrownBy(() -> store().resultTtl(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> store().maxResultBytes(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> store().maxTotalResultBytes(-1));
	}

	@Test
	@SuppressWarnings("NullAway")
	void cacheThatIsNoneIsRefusedAtOnce() {
		assertThatNullPointerException().isThrownBy(() -> store().cache(null)).withMessage("cache");
	}

}
