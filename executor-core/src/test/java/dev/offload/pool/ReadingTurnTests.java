package dev.offload.pool;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadingTurn}.
 */
@Timeout(30)
class ReadingTurnTests {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final AtomicBoolean busy = new AtomicBoolean();

	private final ReadingTurn turn = new ReadingTurn(this.busy::get, REST_NANOS);

	private final Thread reader = new Thread(this::restOften, "test-reader");

	private final AtomicInteger rests = new AtomicInteger();

	private volatile boolean stopped;

	private void restOften() {
		while (!this.stopped) {
			this.turn.rest();
			this.rests.incrementAndGet();
		}
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.stopped = true;
		this.turn.passOn();
		this.reader.join();
	}

	@Test
	void readerWhenItHasRestedLooksAgain() {
		this.reader.start();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.rests.get() > 3);
	}

	@Test
	void readerWhenACallerReadsRestsWithoutWork() {
		this.reader.start();
		Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofNanos(10_000)).until(this.turn::take);
		this.busy.set(true);
		int before = this.rests.get();
		long cpuBefore = THREADS.getThreadCpuTime(this.reader.getId());
		long start = System.nanoTime();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> System.nanoTime() - start > 20 * REST_NANOS);
		long cpu = THREADS.getThreadCpuTime(this.reader.getId()) - cpuBefore;
		assertThat(cpu).as("nanoseconds of CPU over 20 rests").isLessThan(4 * REST_NANOS);
		assertThat(this.rests).hasValue(before);
	}

	@Test
	void callerThatIsDoneWhileAnotherTaskRunsCallsTheReader() {
		this.reader.start();
		Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofNanos(10_000)).until(this.turn::take);
		int before = this.rests.get();
		this.busy.set(true);
		this.turn.giveBack();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.rests.get() > before);
	}

}
