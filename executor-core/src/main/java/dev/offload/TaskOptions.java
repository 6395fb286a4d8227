package dev.offload;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Options of one submission; what is {@code null} falls back to the settings of the
 * executor. Immutable.
 */
public final class TaskOptions {

	/**
	 * Everything as the executor's settings say.
	 */
	public static final TaskOptions DEFAULTS = new TaskOptions(new Values());

	private static final int MAX_ID = 1000;

	private final Values values;

	private TaskOptions(Values values) {
		this.values = values;
	}

	/**
	 * The id of the task.
	 * @return the id, {@code null} to have one generated
	 */
	public @Nullable String id() {
		return this.values.id;
	}

	/**
	 * The name of the task in messages and logs.
	 * @return the label, {@code null} for that of its method
	 */
	public @Nullable String label() {
		return this.values.label;
	}

	/**
	 * What the caller wants to find again with the task.
	 * @return names and values; empty as a rule
	 */
	public Map<String, String> metadata() {
		return this.values.metadata;
	}

	/**
	 * How long it may run once it was handed to a slot, at each attempt.
	 * @return the limit, {@link Duration#ZERO} for none
	 */
	public @Nullable Duration timeout() {
		return this.values.timeout;
	}

	/**
	 * How long it may wait for a slot, at each attempt.
	 * @return the limit, {@link Duration#ZERO} for none
	 */
	public @Nullable Duration queueTimeout() {
		return this.values.queueTimeout;
	}

	/**
	 * When it must have ended, waiting and all attempts included.
	 * @return the moment, {@code null} for none
	 */
	public @Nullable Instant deadline() {
		return this.values.deadline;
	}

	/**
	 * How urgent it is while it waits for a slot: lower goes first, 0 as a rule. One step
	 * is worth a minute of waiting, so that nothing waits for ever.
	 * @return the priority
	 */
	public int priority() {
		return this.values.priority;
	}

	/**
	 * Whether a submission hands over its large byte arrays and buffers: they are not
	 * copied, and must not be changed until the task has ended.
	 * @return whether they are handed over
	 */
	public boolean handOver() {
		return this.values.handOver;
	}

	/**
	 * Whether and how it is tried again.
	 * @return the rules, {@code null} for those of the executor
	 */
	public @Nullable RetrySpec retry() {
		return this.values.retry;
	}

	/**
	 * What names the same work in every submission of it, to remember by it that it
	 * crashes workers.
	 * @return the key, {@code null} for one made of what the task does
	 */
	public @Nullable String key() {
		return this.values.key;
	}

	/**
	 * On whose behalf it runs. Tasks of several keys take turns for the slots.
	 * @return the key, {@code null} for the one that all tasks without a key share
	 */
	public @Nullable String fairKey() {
		return this.values.fairKey;
	}

	/**
	 * How many tasks of its kind may run at a time.
	 * @return the limit, {@code null} for none
	 */
	public @Nullable ConcurrencyLimit concurrency() {
		return this.values.concurrency;
	}

	/**
	 * A copy with another id.
	 * @param value the id, of at most 1000 characters, which the caller keeps unique
	 * @return the copy
	 */
	public TaskOptions withId(String value) {
		if (value.length() > MAX_ID) {
			throw new IllegalArgumentException("An id has at most " + MAX_ID + " characters, this one has "
					+ value.length() + ": " + value.substring(0, MAX_ID / 10) + "...");
		}
		return with((copy) -> copy.id = value);
	}

	/**
	 * A copy with another label.
	 * @param value the label
	 * @return the copy
	 */
	public TaskOptions withLabel(String value) {
		return with((copy) -> copy.label = value);
	}

	/**
	 * A copy with other metadata.
	 * @param value names and values, which replace all of before
	 * @return the copy
	 */
	public TaskOptions withMetadata(Map<String, String> value) {
		return with((copy) -> copy.metadata = Map.copyOf(value));
	}

	/**
	 * A copy with another limit on the run.
	 * @param value the limit, {@link Duration#ZERO} for none
	 * @return the copy
	 */
	public TaskOptions withTimeout(Duration value) {
		requireNotNegative("timeout", value);
		return with((copy) -> copy.timeout = value);
	}

	/**
	 * A copy with another limit on the wait for a slot.
	 * @param value the limit, {@link Duration#ZERO} for none
	 * @return the copy
	 */
	public TaskOptions withQueueTimeout(Duration value) {
		requireNotNegative("queueTimeout", value);
		return with((copy) -> copy.queueTimeout = value);
	}

	/**
	 * A copy that must have ended by another moment.
	 * @param value the moment
	 * @return the copy
	 */
	public TaskOptions withDeadline(Instant value) {
		return with((copy) -> copy.deadline = value);
	}

	/**
	 * A copy with another priority. Tasks of one priority go first in, first out. One
	 * that has waited a minute longer than another counts as one step more urgent.
	 * @param value how urgent it is while it waits for a slot: lower goes first
	 * @return the copy
	 */
	public TaskOptions withPriority(int value) {
		return with((copy) -> copy.priority = value);
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
		return with((copy) -> copy.handOver = value);
	}

	/**
	 * A copy that is tried again by other rules.
	 * @param value the rules
	 * @return the copy
	 */
	public TaskOptions withRetry(RetrySpec value) {
		return with((copy) -> copy.retry = value);
	}

	/**
	 * A copy with another key of its work.
	 * @param value what names the same work in every submission of it
	 * @return the copy
	 */
	public TaskOptions withKey(String value) {
		return with((copy) -> copy.key = value);
	}

	/**
	 * A copy that runs on behalf of another.
	 * @param value names on whose behalf
	 * @return the copy
	 */
	public TaskOptions withFairKey(String value) {
		return with((copy) -> copy.fairKey = value);
	}

	/**
	 * A copy with another limit on tasks of its kind.
	 * @param value the limit
	 * @return the copy
	 */
	public TaskOptions withConcurrency(ConcurrencyLimit value) {
		return with((copy) -> copy.concurrency = value);
	}

	private TaskOptions with(Consumer<Values> change) {
		Values copy = this.values.copy();
		change.accept(copy);
		return new TaskOptions(copy);
	}

	private static void requireNotNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative, but is " + value);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TaskOptions options && this.values.asMap().equals(options.values.asMap());
	}

	@Override
	public int hashCode() {
		return this.values.asMap().hashCode();
	}

	@Override
	public String toString() {
		return "TaskOptions" + this.values.asMap();
	}

	// Changed only before anybody else sees it.
	private static final class Values implements Cloneable {

		private @Nullable String id;

		private @Nullable String label;

		private Map<String, String> metadata = Map.of();

		private @Nullable Duration timeout;

		private @Nullable Duration queueTimeout;

		private @Nullable Instant deadline;

		private int priority;

		private boolean handOver;

		private @Nullable RetrySpec retry;

		private @Nullable String key;

		private @Nullable String fairKey;

		private @Nullable ConcurrencyLimit concurrency;

		Values copy() {
			try {
				return (Values) clone();
			}
			catch (CloneNotSupportedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		// The values that differ from the defaults.
		Map<String, Object> asMap() {
			Map<String, Object> map = new LinkedHashMap<>();
			put(map, "id", this.id, null);
			put(map, "label", this.label, null);
			put(map, "metadata", this.metadata, Map.of());
			put(map, "timeout", this.timeout, null);
			put(map, "queueTimeout", this.queueTimeout, null);
			put(map, "deadline", this.deadline, null);
			put(map, "priority", this.priority, 0);
			put(map, "handOver", this.handOver, false);
			put(map, "retry", this.retry, null);
			put(map, "key", this.key, null);
			put(map, "fairKey", this.fairKey, null);
			put(map, "concurrency", this.concurrency, null);
			return map;
		}

		private static void put(Map<String, Object> map, String name, @Nullable Object value,
				@Nullable Object byDefault) {
			if (value != null && !Objects.equals(value, byDefault)) {
				map.put(name, value);
			}
		}

	}

}
