package dev.offload.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

import dev.offload.OverloadPolicy;

/**
 * Runs a method of a bean in an executor, usually in another process.
 * <p>
 * A method that returns a value or nothing waits for its end. One that returns
 * {@link java.util.concurrent.CompletableFuture},
 * {@link java.util.concurrent.CompletionStage} or {@link java.util.concurrent.Future}
 * returns at once, and every failure arrives in the future. One that returns a
 * {@link dev.offload.TaskHandle} returns once its task is accepted, and its body returns
 * {@link dev.offload.TaskHandle#completed}; what is refused is thrown. One that returns a
 * {@code Mono}, a {@code Flux} or another reactive type returns at once: each
 * subscription makes a call, and every failure arrives there. A {@code suspend} function
 * of Kotlin is continued with the result. One that returns a
 * {@link java.util.stream.Stream} returns once its task is accepted. The items of a
 * stream, and of a {@code Flux}, come one by one while the method makes them, which waits
 * while they are not taken. A stream is to be closed unless it is read to its end.
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
	 * Whether callers wait. Default: as the method's type says.
	 * @return the mode
	 */
	Mode mode() default Mode.AUTO;

	/**
	 * How urgent a call is while it waits for a worker: a whole number, of which the
	 * lowest goes first; default 0. A minute of waiting counts as much as one step. Also
	 * an expression on the arguments, such as {@code #invoice.urgent ? -10 : 0}, that has
	 * such a number. Placeholders are resolved.
	 * @return the number, the expression, or an empty text
	 */
	String priority() default "";

	/**
	 * How many calls of the method may be in the executor at a time; {@code 0} for no
	 * limit. What becomes of one more is {@link #whenBusy()}.
	 * @return the number
	 */
	int maxConcurrent() default 0;

	/**
	 * The same as {@link #maxConcurrent()}, as a text in which placeholders are resolved.
	 * @return the number, or an empty text
	 */
	String maxConcurrentString() default "";

	/**
	 * What becomes of a call when as many as {@link #maxConcurrent()} are there:
	 * {@code REJECT} refuses it, {@code WAIT} lets it wait in the queue of the executor,
	 * where others pass it. A refused call of a {@code @Scheduled} method that returns
	 * nothing is left out, and nothing is thrown.
	 * @return {@code REJECT} or {@code WAIT}
	 */
	OverloadPolicy whenBusy() default OverloadPolicy.REJECT;

	/**
	 * Whether and how a call is tried again. Default: as the executor's settings say.
	 * @return the rules
	 */
	OffloadRetry retry() default @OffloadRetry;

	/**
	 * An expression on the arguments, such as {@code #invoice.number}, whose text names
	 * the same work in each call of it: by this key it is remembered that it crashes
	 * workers. Default: one made of what the task does. Placeholders are resolved.
	 * @return the expression, or an empty text
	 */
	String key() default "";

	/**
	 * An expression on the arguments, such as {@code #tenant}, whose text says on whose
	 * behalf a call runs: the calls of several take turns for the workers. Default: all
	 * calls without a key share one. Placeholders are resolved.
	 * @return the expression, or an empty text
	 */
	String fairKey() default "";

	/**
	 * An expression on the arguments, such as {@code 'Invoice ' + #invoice.number}, whose
	 * text names a call in messages, logs and lists. A text in it stands in quotes. Of
	 * what it gives the first 200 characters count, control characters as spaces.
	 * Default: the name of the method. Placeholders are resolved.
	 * @return the expression, or an empty text
	 */
	String label() default "";

	/**
	 * What callers want to find again with the task of a call: names, each with an
	 * expression on the arguments, such as <code>{ "tenant=#tenant", "kind='month'"
	 * }</code>. One whose value is {@code null} is left out; of others the first 1000
	 * characters count, control characters as spaces. Default: nothing. Placeholders are
	 * resolved.
	 * @return the names and expressions
	 */
	String[] metadata() default {};

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

	/**
	 * Whether callers wait for the end of the call.
	 */
	enum Mode {

		/**
		 * They wait for values and for nothing. They do not wait for futures, handles and
		 * what they subscribe to; a {@code suspend} function is suspended meanwhile.
		 */
		AUTO,

		/**
		 * They do not wait: a call returns once its task is accepted. The method returns
		 * a {@link dev.offload.TaskHandle}, a future, or nothing; where it returns
		 * nothing its failures are logged as errors.
		 */
		SUBMIT

	}

}
