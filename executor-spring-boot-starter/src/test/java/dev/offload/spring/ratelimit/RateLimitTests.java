package dev.offload.spring.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.github.bucket4j.Bucket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.offload.BatchOptions;
import dev.offload.ExecutorLimits;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.InvalidSettingException;
import dev.offload.OffloadExecutor;
import dev.offload.RejectionReason;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for executors with a rate.
 */
class RateLimitTests {

	@Test
	void tasksOverTheRateAreRefusedOrWaitAndBatchesWait() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class))
			.withPropertyValues("offload.defaults.type=thread", "offload.executors.strict.rate-limit=2",
					"offload.executors.strict.rate-limit-period=1h", "offload.executors.even.rate-limit=1",
					"offload.executors.even.rate-limit-period=20ms", "offload.executors.even.overload=wait",
					"offload.executors.batch.rate-limit=2", "offload.executors.batch.rate-limit-period=20ms")
			.run((context) -> {
				ExecutorRegistry registry = context.getBean(ExecutorRegistry.class);
				requireRefusal(registry.require("strict"));
				requireChange(registry.require("strict"));
				for (int i = 0; i < 4; i++) {
					assertThat(registry.require("even").call(() -> 1)).isEqualTo(1);
				}
				List<Integer> results = registry.require("batch")
					.map(IntStream.range(0, 8).boxed().toList(), (item) -> item + 1, BatchOptions.chunksOf(1))
					.results();
				assertThat(results).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
				assertThat(registry.require("batch").snapshot().rejected()).containsEntry(RejectionReason.RATE_LIMIT,
						0L);
			});
	}

	private static void requireRefusal(OffloadExecutor executor) throws Exception {
		executor.call(() -> 1);
		executor.call(() -> 1);
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("rate-limit is 2 in rate-limit-period PT1H, and the next may come in PT");
		assertThat(executor.snapshot().rejected()).containsEntry(RejectionReason.RATE_LIMIT, 1L);
		assertThat(executor.snapshot().pending()).isZero();
	}

	private static void requireChange(OffloadExecutor executor) throws Exception {
		executor.operations().change(ExecutorLimits.builder().rateLimit(1).build());
		assertThat(executor.snapshot().limits().rateLimit()).isOne();
		executor.call(() -> 1);
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> executor.call(() -> 1))
			.withMessageContaining("rate-limit is 1 in rate-limit-period PT1H");
		executor.operations().change(ExecutorLimits.builder().rateLimit(0).build());
		for (int i = 0; i < 5; i++) {
			executor.call(() -> 1);
		}
	}

	@Test
	void tryAcquireWhenTheBucketIsEmptySaysWhenToComeAgain() {
		BucketRateLimiter limiter = new BucketRateLimiter(2, Duration.ofHours(1));
		assertThat(limiter.tryAcquire()).isZero();
		assertThat(limiter.tryAcquire()).isZero();
		assertThat(Duration.ofNanos(limiter.tryAcquire())).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
	}

	@Test
	void rateThatCannotBeCountedIsNamed() {
		BucketRateLimiterFactory factory = new BucketRateLimiterFactory();
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> factory.create("pdf", 5, Duration.ofDays(200_000)))
			.withMessageStartingWith("Executor 'pdf': rate-limit 5 in rate-limit-period PT4800000H cannot be counted");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> factory.create("pdf", 5, Duration.ofNanos(1)))
			.withMessageStartingWith("Executor 'pdf': rate-limit 5 in rate-limit-period PT0.000000001S");
	}

	@Test
	void unavailableWhenTheLibraryIsMissingSaysWhatToAdd() {
		assertThat(new BucketRateLimiterFactory().unavailable()).isNull();
		assertThat(new BucketRateLimiterFactory(new FilteredClassLoader(Bucket.class)).unavailable())
			.isEqualTo("add com.bucket4j:bucket4j_jdk17-core to the class path");
	}

}
