package dev.offload.dispatch;

import java.util.concurrent.atomic.AtomicReference;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorSpec;

/**
 * The one owner of the limits of an executor, which may change while it works. Whoever
 * needs more than one of them takes {@link #spec()} once. Safe for use by many threads.
 */
public final class LimitsInForce {

	private final AtomicReference<ExecutorSpec> current;

	/**
	 * Creates one.
	 * @param spec the settings, whose limits are in force at first
	 */
	public LimitsInForce(ExecutorSpec spec) {
		this.current = new AtomicReference<>(ExecutorLimits.of(spec).applyTo(spec));
	}

	/**
	 * The settings of the executor, with the limits that are in force.
	 * @return the settings of this moment
	 */
	public ExecutorSpec spec() {
		return this.current.get();
	}

	// One of the limits in force is never absent.
	long maxPendingBytes() {
		Long bytes = spec().maxPendingBytes();
		return (bytes != null) ? bytes : Long.MAX_VALUE;
	}

	/**
	 * Puts other limits in force.
	 * @param limits the limits; those absent stay
	 * @return the settings before and after
	 */
	Change change(ExecutorLimits limits) {
		while (true) {
			ExecutorSpec before = spec();
			ExecutorSpec after = limits.applyTo(before);
			if (this.current.compareAndSet(before, after)) {
				return new Change(before, after);
			}
		}
	}

	/**
	 * A change of limits.
	 *
	 * @param before the settings before it
	 * @param after the settings after it
	 */
	record Change(ExecutorSpec before, ExecutorSpec after) {

		// Such as "max-workers 2 -> 4, timeout PT30S -> PT1M"; empty if all is as it was.
		@Override
		public String toString() {
			return String.join(", ",
					this.before.differences(this.after)
						.stream()
						.map((setting) -> setting + " " + this.before.settings().get(setting) + " -> "
								+ this.after.settings().get(setting))
						.toList());
		}

	}

}
