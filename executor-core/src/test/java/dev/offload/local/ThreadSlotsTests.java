package dev.offload.local;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.dispatch.BackendServices;
import dev.offload.dispatch.DispatchingExecutor;
import dev.offload.dispatch.ExecutorBackend;
import dev.offload.dispatch.Outcome;
import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.PlainWorkRunner;
import dev.offload.dispatch.Slot;
import dev.offload.dispatch.SlotListener;
import dev.offload.dispatch.Work;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadSlots} whose number changes while slots are on their way to be
 * idle.
 */
class ThreadSlotsTests {

	private final AtomicInteger limit = new AtomicInteger(2);

	private final CountDownLatch withdrawn = new CountDownLatch(1);

	private final Slots backend = new Slots();

	private final OffloadExecutor executor = new DispatchingExecutor(
			ExecutorSpec.builder("slots").type(ExecutorSpec.THREAD).maxWorkers(2).build(), this.backend,
			ExecutorListener.NONE);

	private final CountDownLatch open = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.open.countDown();
		this.executor.closeNow();
	}

	@Test
	void slotsThatBecomeIdleDuringAChangeAreNotTooMany() throws Exception {
		CyclicBarrier both = new CyclicBarrier(2, () -> change(1));
		this.backend.beforeIdle = () -> {
			try {
				both.await(30, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		};
		List<TaskHandle<Boolean>> tasks = Stream.of(1, 2)
			.map((i) -> this.executor.submit(() -> this.open.await(30, TimeUnit.SECONDS)))
			.toList();
		this.open.countDown();
		tasks.forEach((task) -> task.future().join());
		assertThat(this.withdrawn.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void slotsThatAreAddedDuringAChangeAreNotTooMany() {
		change(1);
		TaskHandle<Boolean> task = this.executor.submit(() -> this.open.await(30, TimeUnit.SECONDS));
		CountDownLatch once = new CountDownLatch(1);
		this.backend.beforeIdle = () -> {
			if (once.getCount() > 0) {
				once.countDown();
				change(1);
			}
		};
		change(2);
		TaskHandle<Integer> second = this.executor.submit(() -> 1);
		assertThat(this.executor.snapshot().active()).isEqualTo(1);
		this.open.countDown();
		assertThat(task.future().join()).isTrue();
		assertThat(second.future().join()).isEqualTo(1);
	}

	private void change(int number) {
		this.limit.set(number);
		this.backend.limitsChanged();
	}

	/**
	 * Does something of a test just before a slot becomes idle.
	 */
	private final class Slots implements ExecutorBackend, SlotListener {

		private final TaskThreads threads = new PlatformThreads("slots");

		private final AtomicReference<@Nullable ThreadSlots> slots = new AtomicReference<>();

		private final AtomicReference<@Nullable SlotListener> listener = new AtomicReference<>();

		private volatile Runnable beforeIdle = () -> {
		};

		@Override
		public void attach(BackendServices services) {
			this.listener.set(services.slots());
			this.slots
				.set(new ThreadSlots(this, new PlainWorkRunner(), this.threads, ThreadSlotsTests.this.limit::get));
			limitsChanged();
		}

		@Override
		public void limitsChanged() {
			Objects.requireNonNull(this.slots.get()).resize();
		}

		private SlotListener listener() {
			return Objects.requireNonNull(this.listener.get());
		}

		@Override
		public void ended(Slot slot, PendingTask task, Outcome outcome) {
			this.beforeIdle.run();
			listener().ended(slot, task, outcome);
		}

		@Override
		public void lost(PendingTask task, Outcome outcome) {
			listener().lost(task, outcome);
		}

		@Override
		public void unsent(PendingTask task) {
			listener().unsent(task);
		}

		@Override
		public void offer(Slot slot) {
			this.beforeIdle.run();
			listener().offer(slot);
		}

		@Override
		public boolean withdraw(Slot slot) {
			boolean done = listener().withdraw(slot);
			if (done) {
				ThreadSlotsTests.this.withdrawn.countDown();
			}
			return done;
		}

		@Override
		public @Nullable Payload encode(Work work) {
			return null;
		}

		@Override
		public @Nullable String unheeded(String setting) {
			return null;
		}

		@Override
		public void demand() {
			// all slots are there
		}

		@Override
		public void start() {
			// threads come with the tasks
		}

		@Override
		public void end() {
			this.threads.close();
		}

	}

}
