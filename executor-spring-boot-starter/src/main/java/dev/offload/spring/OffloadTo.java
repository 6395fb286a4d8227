package dev.offload.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Runs a method of a bean in an executor, usually in another process.
 * <p>
 * A method that returns a value or nothing waits for its end. One that returns
 * {@link java.util.concurrent.CompletableFuture},
 * {@link java.util.concurrent.CompletionStage} or {@link java.util.concurrent.Future}
 * returns at once, and every failure arrives in the future.
 * <p>
 * On a class it means all public methods that the class and its subclasses declare; on an
 * interface, the methods of that interface. An annotation of the method goes before one
 * of its type. It may be put on other annotations.
 * <p>
 * The call goes through the bean's proxy, so a method called on {@code this} runs where
 * its caller runs. Other advice, such as caching, validation and security, stays outside
 * and runs in the service; transactions are inside and run in the worker. In a worker the
 * annotation does nothing.
 * <p>
 * Exceptions of the method arrive as they are. A checked one that the method does not
 * declare arrives as the cause of an {@link dev.offload.OffloadException}.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OffloadTo {

	/**
	 * The executor's name when none is given.
	 */
	String DEFAULT_EXECUTOR = "default";

	/**
	 * The name of the executor; default {@value #DEFAULT_EXECUTOR}. Placeholders are
	 * resolved.
	 * @return the name
	 */
	@AliasFor("executor")
	String value() default DEFAULT_EXECUTOR;

	/**
	 * The same as {@link #value()}.
	 * @return the name
	 */
	@AliasFor("value")
	String executor() default DEFAULT_EXECUTOR;

	/**
	 * How long a call may run once it was handed to a worker, such as {@code 30s} or
	 * {@code PT30S}; {@code 0} for no limit. Default: what the executor's settings say.
	 * Placeholders are resolved.
	 * @return the limit, or an empty text
	 */
	String timeout() default "";

	/**
	 * How long a call may wait for a worker, such as {@code 5s}; {@code 0} for no limit.
	 * Default: what the executor's settings say. Placeholders are resolved.
	 * @return the limit, or an empty text
	 */
	String queueTimeout() default "";

	/**
	 * How urgent a call is while it waits for a worker: a whole number, of which the
	 * lowest goes first; default 0. A minute of waiting counts as much as one step.
	 * Placeholders are resolved.
	 * @return the number, or an empty text
	 */
	String priority() default "";

	/**
	 * The name of a method of the same bean that answers when a call fails. It takes what
	 * the method takes, and may take an exception after that; it returns what the method
	 * returns, or for a future also the value. One without an exception answers for every
	 * {@link dev.offload.OffloadException}, one with an exception for those of that type,
	 * also the method's own; of several, the one with the nearest type. A call that was
	 * cancelled, or whose caller was interrupted, has no answer.
	 * <p>
	 * It runs in the service, on the bean itself, outside of all advice: after the last
	 * retry, and past caches. For a call that waits this is on the caller's thread, for a
	 * future where that is completed. Placeholders are resolved.
	 * @return the name, or an empty text
	 */
	String fallback() default "";

}
