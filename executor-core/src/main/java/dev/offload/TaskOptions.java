package dev.offload;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Options of one submission; what is {@code null} falls back to the settings of the
 * executor. Immutable.
 *
 * @param id the id of the task, otherwise one is generated
 * @param label the name of the task in messages and logs, otherwise that of its method
 * @param timeout how long it may run once it was handed to a slot; {@link Duration#ZERO}
 * for no limit
 * @param queueTimeout how long it may wait for a slot; {@link Duration#ZERO} for no limit
 * @param priority how urgent it is while it waits for a slot: lower goes first, 0 as a
 * rule. One step is worth a minute of waiting, so that nothing waits for ever
 * @param handOver whether a submission hands over its large byte arrays and buffers: they
 * are not copied, and must not be changed until the task has ended
 */
public record TaskOptions(@Nullable String id, @Nullable String label, @Nullable Duration timeout,
		@Nullable Duration queueTimeout, int priority, boolean handOver) {

	/**
	 * Everything as the executor's settings say.
	 */
	public static final TaskOptions DEFAULTS = new TaskOptions(null, null, null, null, 0);

	public TaskOptions {
		requireNotNegative("timeout", timeout);
		requireNotNegative("queueTimeout", queueTimeout);
	}

	/**
	 * Options that hand nothing over.
	 * @param id the id of the task, otherwise one is generated
	 * @param label the name of the task, otherwise that of its method
	 * @param timeout how long it may run, {@link Duration#ZERO} for no limit
	 * @param queueTimeout how long it may wait for a slot, {@link Duration#ZERO} for no
	 * limit
	 * @param priority how urgent it is while it waits for a slot: lower goes first
	 */
	public TaskOptions(@Nullable String id, @Nullable String label, @Nullable Duration timeout,
			@Nullable Duration queueTimeout, int priority) {
		this(id, label, timeout, queueTimeout, priority, false);
	}

	/**
	 * A copy with another id.
	 * @param value the id, which the caller keeps unique
	 * @return the copy
	 */
	public TaskOptions withId(String value) {
		return new TaskOptions(value, this.label, this.timeout, this.queueTimeout, this.priority, this.handOver);
	}

	/**
	 * A copy with another label.
	 * @param value the label
	 * @return the copy
	 */
	public TaskOptions withLabel(String value) {
		return new TaskOptions(this.id, value, this.timeout, this.queueTimeout, this.priority, this.handOver);
	}

	/**
	 * A copy with another limit on the run.
	 * @param value the limit, {@link Duration#ZERO} for none
	 * @return the copy
	 */
	public TaskOptions withTimeout(Duration value) {
		return new TaskOptions(this.id, this.label, value, this.queueTimeout, this.priority, this.handOver);
	}

	/**
	 * A copy with another limit on the wait for a slot.
	 * @param value the limit, {@link Duration#ZERO} for none
	 * @return the copy
	 */
	public TaskOptions withQueueTimeout(Duration value) {
		return new TaskOptions(this.id, this.label, this.timeout, value, this.priority, this.handOver);
	}

	/**
	 * A copy with another priority. Tasks of one priority go first in, first out. One
	 * that has waited a minute longer than another counts as one step more urgent.
	 * @param value how urgent it is while it waits for a slot: lower goes first
	 * @return the copy
	 */
	public TaskOptions withPriority(int value) {
		return new TaskOptions(this.id, this.label, this.timeout, this.queueTimeout, value, this.handOver);
	}

	/**
	 * A copy that hands over the large byte arrays and buffers among the arguments, or
	 * does not. What is handed over is sent as it lies there: its caller leaves it alone
	 * until the task has ended. Otherwise {@code submit} has copied it before it returns.
	 * {@code call} copies none, for its caller waits.
	 * @param value whether to hand over
	 * @return the copy
	 */
	public TaskOptions withHandOver(boolean value) {
		return new TaskOptions(this.id, this.label, this.timeout, this.queueTimeout, this.priority, value);
	}

	private static void requireNotNegative(String name, @Nullable Duration value) {
		if (value != null && value.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative, but is " + value);
		}
	}

}
