package dev.offload.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The thread that tells how far tasks are.
 */
class ProgressSenderTests {

	@Test
	void threadThatCannotBeMadeIsTriedAgain() throws Exception {
		AtomicBoolean full = new AtomicBoolean(true);
		ProgressSender sender = new ProgressSender("pdf", (thread) -> {
			if (full.get()) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			thread.start();
		});
		CountDownLatch told = new CountDownLatch(1);
		assertThat(sender.add(told::countDown)).isFalse();
		full.set(false);
		assertThat(sender.add(told::countDown)).isTrue();
		assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
	}

}
