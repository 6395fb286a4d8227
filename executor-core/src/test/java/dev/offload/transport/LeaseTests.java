package dev.offload.transport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lease}.
 */
class LeaseTests {

	private final AtomicInteger released = new AtomicInteger();

	private final Lease lease = new Lease(this.released::incrementAndGet);

	@Test
	void unusedIsReleasedWhenItIsClosed() {
		this.lease.close();
		this.lease.close();
		assertThat(this.released).hasValue(1);
		assertThat(this.lease.enter()).isFalse();
	}

	@Test
	void usedIsReleasedByTheLastToLeave() {
		assertThat(this.lease.enter()).isTrue();
		assertThat(this.lease.enter()).isTrue();
		this.lease.close();
		this.lease.leave();
		assertThat(this.released).hasValue(0);
		assertThat(this.lease.enter()).isFalse();
		this.lease.leave();
		assertThat(this.released).hasValue(1);
	}

	@Test
	void isNeverReleasedUnderSomebody() throws Exception {
		for (int round = 0; round < 2000; round++) {
			AtomicBoolean gone = new AtomicBoolean();
			AtomicInteger under = new AtomicInteger();
			Lease each = new Lease(() -> gone.set(true));
			CountDownLatch ended = new CountDownLatch(2);
			for (int i = 0; i < 2; i++) {
				Thread user = new Thread(() -> {
					while (each.enter()) {
						under.addAndGet(gone.get() ? 1 : 0);
						each.leave();
					}
					ended.countDown();
				}, "test-user");
				user.start();
			}
			each.close();
			assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(gone).isTrue();
			assertThat(under).hasValue(0);
		}
	}

}
