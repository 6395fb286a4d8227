package dev.offload.spring;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadExecutor;
import dev.offload.RetrySpec;
import dev.offload.TaskOptions;

/**
 * What the callers of a method get, and the options of its calls. Safe for use by many
 * threads.
 */
public final class CallTerms {

	private final CallForm form;

	private final TaskOptions options;

	private final @Nullable RetryTerms retry;

	private final @Nullable CallExpressions expressions;

	private final boolean skipped;

	/** Made again by each thread that does not see it. */
	private volatile @Nullable Merged merged;

	/**
	 * Creates them.
	 * @param form what the callers get
	 * @param options the options that are the same for each call
	 * @param retry how calls are tried again, {@code null} for what the executor says
	 * @param expressions the options that are for each call its own, {@code null} for
	 * none
	 * @param skipped whether a call is left out while as many run as may
	 */
	CallTerms(CallForm form, TaskOptions options, @Nullable RetryTerms retry, @Nullable CallExpressions expressions,
			boolean skipped) {
		this.form = form;
		this.options = options;
		this.retry = retry;
		this.expressions = expressions;
		this.skipped = skipped;
	}

	/**
	 * What the callers get.
	 * @return the form
	 */
	public CallForm form() {
		return this.form;
	}

	// The options that are the same for each call in each executor.
	TaskOptions options() {
		return this.options;
	}

	// Whether a call is left out while as many run as may.
	boolean skipped() {
		return this.skipped;
	}

	// The options of one call.
	TaskOptions of(OffloadExecutor executor, @Nullable Object[] arguments) {
		TaskOptions fixed = (this.retry != null) ? merged(executor, this.retry) : this.options;
		return (this.expressions != null) ? this.expressions.evaluate(executor, arguments, fixed) : fixed;
	}

	private TaskOptions merged(OffloadExecutor executor, RetryTerms rules) {
		RetrySpec base = RetryTerms.of(executor);
		Merged known = this.merged;
		if (known == null || !known.base().equals(base)) {
			known = new Merged(base, this.options.withRetry(rules.over(base)));
			this.merged = known;
		}
		return known.options();
	}

	/**
	 * The options over the rules of an executor.
	 *
	 * @param base the rules of the executor
	 * @param options the options
	 */
	private record Merged(RetrySpec base, TaskOptions options) {

	}

}
