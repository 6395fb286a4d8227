package dev.offload.dispatch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.RetryReason;
import dev.offload.TaskStatus;

/**
 * Counts what becomes of the tasks of an executor. Guarded by the lock of its
 * {@link Ledger}.
 */
final class TaskCounts {

	private final Map<TaskStatus, Long> completed = new EnumMap<>(TaskStatus.class);

	private final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);

	private final Map<RetryReason, Long> retried = new EnumMap<>(RetryReason.class);

	private long submitted;

	private long waitNanos;

	private long runNanos;

	private long ran;

	TaskCounts() {
		for (TaskStatus status : TaskStatus.values()) {
			if (status.isOutcome()) {
				this.completed.put(status, 0L);
			}
		}
		for (RejectionReason reason : RejectionReason.values()) {
			this.rejected.put(reason, 0L);
		}
		for (RetryReason reason : RetryReason.values()) {
			this.retried.put(reason, 0L);
		}
	}

	void submitted() {
		this.submitted++;
	}

	void rejected(RejectionReason reason) {
		this.rejected.merge(reason, 1L, Long::sum);
	}

	void retried(RetryReason reason) {
		this.retried.merge(reason, 1L, Long::sum);
	}

	// How long it ran is 0 where it did not.
	void completed(TaskStatus status, long wait, long run) {
		this.completed.merge(status, 1L, Long::sum);
		this.waitNanos += wait;
		if (run > 0) {
			this.runNanos += run;
			this.ran++;
		}
	}

	Totals totals(ExecutorState state, long pending) {
		long ended = this.completed.values().stream().mapToLong(Long::longValue).sum();
		return new Totals(state, pending, this.submitted, Map.copyOf(this.rejected), Map.copyOf(this.completed),
				Map.copyOf(this.retried), average(this.waitNanos, ended), average(this.runNanos, this.ran));
	}

	private static Duration average(long nanos, long count) {
		return (count == 0) ? Duration.ZERO : Duration.ofNanos(nanos / count);
	}

	/**
	 * The counters of one moment.
	 */
	record Totals(ExecutorState state, long pending, long submitted, Map<RejectionReason, Long> rejected,
			Map<TaskStatus, Long> completed, Map<RetryReason, Long> retried, Duration averageWait,
			Duration averageRun) {

	}

}
