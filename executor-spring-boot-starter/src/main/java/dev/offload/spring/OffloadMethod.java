package dev.offload.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskOptions;

/**
 * A method that runs in an executor.
 *
 * @param method the method of the bean's own class, never a bridge
 * @param executor the name of the executor
 * @param terms what its callers get, and the options of its calls
 * @param fallback what answers when a call fails, {@code null} if nothing does
 * @param declaredOnMethod whether the annotation is on the method, not on its type
 */
public record OffloadMethod(Method method, String executor, CallTerms terms, @Nullable Fallback fallback,
		boolean declaredOnMethod) {

	/**
	 * The options of its calls, as far as they are the same for each.
	 * @return the options
	 */
	public TaskOptions options() {
		return this.terms.options();
	}

	/**
	 * What its callers get.
	 * @return the form
	 */
	public CallForm form() {
		return this.terms.form();
	}

	/**
	 * Whether its callers do not wait, and hear of all failures in what they get.
	 * @return {@code true} for futures, completion stages and what is subscribed to
	 */
	public boolean async() {
		return kind() == CallForm.Kind.FUTURE || kind() == CallForm.Kind.PUBLISHER;
	}

	/**
	 * What its callers get.
	 * @return the kind
	 */
	public CallForm.Kind kind() {
		return form().kind();
	}

}
