package dev.offload.spring.web;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.OffloadException;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;
import dev.offload.Tasks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskEventStreams} with a task of which no event comes.
 */
class TaskEventStreamsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final Set<Thread> before = threads();

	private final AtomicInteger looks = new AtomicInteger();

	private volatile Supplier<Optional<TaskRecord>> found = () -> Optional.of(task(TaskStatus.RUNNING));

	private final Tasks tasks = (Tasks) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { Tasks.class }, (proxy, method, arguments) -> {
				this.looks.incrementAndGet();
				return this.found.get();
			});

	private TaskEventStreams streams = new TaskEventStreams(Duration.ofMillis(5), 2);

	@AfterEach
	void stop() {
		this.streams.stop();
		this.streams.destroy();
		Awaitility.await().atMost(LIMIT).until(() -> this.before.containsAll(threads()));
	}

	@Test
	void streamEndsWithATaskWhoseEndIsOnlyFound() {
		open();
		this.found = () -> {
			throw new OffloadException(null, "the store is away");
		};
		awaitLooks(3);
		assertThat(this.streams.count()).isOne();
		this.found = () -> Optional.of(task(TaskStatus.SUCCEEDED));
		awaitEnd();
	}

	@Test
	void streamEndsWhenTheTaskIsNotKnownAnyMore() {
		open();
		awaitLooks(2);
		assertThat(this.streams.count()).isOne();
		this.found = Optional::empty;
		awaitEnd();
	}

	@Test
	void streamWhenEventsWereDroppedIsToldWhatIsFound() {
		this.streams = new TaskEventStreams(Duration.ofHours(1), 2);
		open();
		this.found = () -> Optional.of(task(TaskStatus.FAILED));
		this.streams.eventsDropped("pdf", 3);
		awaitEnd();
	}

	private void open() {
		this.streams.start();
		assertThat(this.streams.open(task(TaskStatus.RUNNING), this.tasks)).isNotNull();
	}

	private void awaitLooks(int count) {
		int now = this.looks.get();
		Awaitility.await().atMost(LIMIT).until(() -> this.looks.get() >= now + count);
	}

	private void awaitEnd() {
		Awaitility.await().atMost(LIMIT).until(() -> this.streams.count() == 0);
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("offload-stream-"))
			.collect(Collectors.toSet());
	}

	private static TaskRecord task(TaskStatus status) {
		return new TaskRecord("pdf", "1", "render", Map.of(), status, 1, -1,
				new TaskTimes(Instant.EPOCH, null, null, Duration.ZERO, Duration.ZERO), null, null);
	}

}
