package dev.offload;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.local.ThreadExecutorFactory;
import dev.offload.registry.StandardExecutorRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskFailure}: what it tells of an exception, and what it holds of it.
 */
class TaskFailureTests {

	@Test
	void stackReadsAsThatOfTheException() {
		Exception failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));
		failure.addSuppressed(new HoldingException(new Object()));
		TaskFailure told = TaskFailure.of(failure);
		assertThat(told.type()).isEqualTo("java.lang.IllegalStateException");
		assertThat(told.message()).isEqualTo("outer");
		assertThat(told.stack().lines()).startsWith("java.lang.IllegalStateException: outer")
			.anyMatch((line) -> line.startsWith("\tat dev.offload.TaskFailureTests.stackReads"))
			.anyMatch((line) -> line.equals("\tSuppressed: dev.offload.TaskFailureTests$HoldingException"))
			.anyMatch((line) -> line.equals("Caused by: java.lang.IllegalArgumentException: inner"))
			.anyMatch((line) -> line.matches("\t... \\d+ more"));
		assertThat(told).hasToString("java.lang.IllegalStateException: outer")
			.isEqualTo(new TaskFailure(told.type(), told.message(), told.stack()))
			.isNotEqualTo(new TaskFailure(told.type(), told.message(), ""));
	}

	@Test
	void stackOfAPlainExceptionIsThatOfItsMaking() {
		assertThat(TaskFailure.of(new OffloadException("pdf", "no")).stack())
			.startsWith("dev.offload.OffloadException: no\n\tat dev.offload.TaskFailureTests.stackOfAPlain");
	}

	@Test
	void exceptionThatCannotBeReadIsNamedAndOneWithoutEndIsCut() {
		assertThat(TaskFailure.of(new HoldingException(new Object()) {
			@Override
			public String getMessage() {
				throw new IllegalStateException("no message");
			}
		}).message()).isEmpty();
		Exception first = new IllegalStateException("x".repeat(1000));
		Exception second = new IllegalStateException(first);
		first.initCause(second);
		assertThat(TaskFailure.of(first).stack()).hasSizeLessThanOrEqualTo(StackText.MAX_LENGTH);
		assertThat(TaskFailure.of(new RemoteTaskException("pdf", "com.acme.Gone", "lost", null)))
			.extracting(TaskFailure::type, TaskFailure::message)
			.containsExactly("com.acme.Gone", "lost");
	}

	@Test
	void exceptionsThatSuppressEachOtherAreReadOnce() {
		Exception first = new IllegalStateException("first");
		Exception second = new IllegalStateException("second", first);
		for (int i = 0; i < 10; i++) {
			first.addSuppressed(second);
			second.addSuppressed(first);
		}
		assertThat(TaskFailure.of(first).stack().lines().filter((line) -> line.contains("IllegalState"))).hasSize(2);
		Exception wide = new IllegalStateException("wide", new IllegalArgumentException("cause"));
		IntStream.range(0, 1000).forEach((i) -> {
			Exception each = new IllegalStateException("x".repeat(100_000));
			each.setStackTrace(frames(2000));
			wide.addSuppressed(each);
		});
		StackText text = StackText.of(wide);
		assertThat(text.suppressed()).hasSize(48)
			.allSatisfy((each) -> assertThat(each.title()).hasSize(StackText.MAX_LENGTH));
		assertThat(text.suppressed().stream().mapToInt((each) -> each.frames().size()).sum()).isBetween(1, 400);
		assertThat(text.cause()).isNotNull();
		assertThat(TaskFailure.of(new IllegalStateException("y".repeat(100_000))).message())
			.hasSize(StackText.MAX_LENGTH);
	}

	private static StackTraceElement[] frames(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> new StackTraceElement("com.acme.Deep", "call" + i, "Deep.java", i))
			.toArray(StackTraceElement[]::new);
	}

	@Test
	void recordOfATaskThatFailedHoldsNothingOfItsExceptionOrItsArguments() {
		try (StandardExecutorRegistry registry = StandardExecutorRegistry.builder()
			.factory(new ThreadExecutorFactory())
			.build()) {
			OffloadExecutor executor = registry.getOrCreate(ExecutorSpec.builder("pool").type("thread").build());
			List<WeakReference<Object>> local = IntStream.range(0, 5).mapToObj((i) -> failing(executor)).toList();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
				System.gc();
				return local.stream().allMatch((each) -> each.get() == null);
			});
			TaskPage kept = registry.tasks().list(TaskQuery.ALL.withStatus(TaskStatus.FAILED));
			assertThat(kept.tasks()).hasSize(5)
				.allMatch((task) -> task.failure() != null && task.failure().stack().contains("HoldingException"));
		}
	}

	private static WeakReference<Object> failing(OffloadExecutor executor) {
		Object held = new Object();
		TaskHandle<Object> handle = executor.submit(() -> {
			throw new IllegalStateException(new HoldingException(held));
		});
		assertThat(handle.future()).failsWithin(Duration.ofSeconds(20));
		return new WeakReference<>(held);
	}

	private static class HoldingException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("unused")
		private final transient @Nullable Object held;

		HoldingException(Object held) {
			this.held = held;
		}

	}

}
