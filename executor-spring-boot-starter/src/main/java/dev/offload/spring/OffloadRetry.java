package dev.offload.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whether and how the calls of a method are tried again, as {@link OffloadTo#retry()}.
 * What is not said is as the settings {@code retry.*} of the executor say. A call is
 * tried again in the executor: its caller waits on, and sees the last attempt only.
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OffloadRetry {

	/**
	 * How often a call may be tried in all, {@code 1} for once; crashes of workers are
	 * counted apart.
	 * @return the number, {@code 0} for the executor's
	 */
	int maxAttempts() default 0;

	/**
	 * How many workers a call may crash until it is given up, {@code 1} to give it up at
	 * once.
	 * @return the number, {@code 0} for the executor's
	 */
	int maxCrashes() default 0;

	/**
	 * The pause before the second attempt, such as {@code 500ms}. Placeholders are
	 * resolved. Default: the executor's, but no longer than {@link #maxDelay()}.
	 * @return the pause, or an empty text
	 */
	String delay() default "";

	/**
	 * By what the pause grows with each further attempt, at least 1.
	 * @return the factor, {@code 0} for the executor's
	 */
	double multiplier() default 0;

	/**
	 * The longest pause. Placeholders are resolved. Default: the executor's, but no
	 * shorter than {@link #delay()}.
	 * @return the pause, or an empty text
	 */
	String maxDelay() default "";

	/**
	 * Which part of a pause is left to chance, a number from 0 for nothing to 1 for all
	 * of it, and no time.
	 * @return the part, {@code -1} for the executor's
	 */
	double jitter() default -1;

	/**
	 * The exceptions after which a call is tried again, with their subclasses.
	 * @return the classes, none for the executor's
	 */
	Class<? extends Throwable>[] includes() default {};

	/**
	 * The exceptions after which a call is not tried again, with their subclasses; these
	 * go first.
	 * @return the classes, none for the executor's
	 */
	Class<? extends Throwable>[] excludes() default {};

	/**
	 * How long work is refused that has crashed {@link #maxCrashes()} workers in that
	 * time; {@code 0} for not at all. Placeholders are resolved.
	 * @return the time, or an empty text for the executor's
	 */
	String quarantine() default "";

}
