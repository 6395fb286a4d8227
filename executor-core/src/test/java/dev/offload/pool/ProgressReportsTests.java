package dev.offload.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dev.offload.dispatch.Outcome;
import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.Slot;
import dev.offload.dispatch.SlotListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a worker may say how far its task is.
 */
class ProgressReportsTests {

	private final AtomicLong nanos = new AtomicLong(7);

	private final ProgressReports reports = new ProgressReports(new Unheard(), this.nanos::get);

	@Test
	void tenTimesASecondIsNeverTooOftenHoweverLongItGoesOn() {
		for (int i = 0; i < 10_000; i++) {
			assertThat(this.reports.isTooOften(1)).isFalse();
			this.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
		}
	}

	@Test
	void moreThanItMayHaveAheadIsTooOftenForEachTask() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.reports.isTooOften(1)).isFalse();
		}
		assertThat(this.reports.isTooOften(1)).isTrue();
		assertThat(this.reports.isTooOften(2)).isFalse();
	}

	/**
	 * Hears nothing.
	 */
	private static final class Unheard implements SlotListener {

		@Override
		public void ended(Slot slot, PendingTask task, Outcome outcome) {
		}

		@Override
		public void lost(PendingTask task, Outcome outcome) {
		}

		@Override
		public void unsent(PendingTask task) {
		}

		@Override
		public void offer(Slot slot) {
		}

		@Override
		public boolean withdraw(Slot slot) {
			return false;
		}

	}

}
