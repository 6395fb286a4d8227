package dev.offload.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import dev.offload.TaskHandle;
import dev.offload.spi.AsyncResults;
import dev.offload.spring.OffloadTo.Mode;
import dev.offload.spring.reactive.ReactiveMethod;

/**
 * What the callers of a method get. Immutable.
 *
 * @param kind what it is
 * @param reactive to what they subscribe, {@code null} unless they do
 */
public record CallForm(Kind kind, @Nullable ReactiveMethod reactive) {

	/**
	 * What the callers of a method get.
	 * @param method the method
	 * @param mode whether they are to wait
	 * @return the form
	 * @throws IllegalArgumentException if the method's type and the mode contradict each
	 * other; the message goes on after the name of the method
	 */
	static CallForm of(Method method, Mode mode) {
		Class<?> type = method.getReturnType();
		if (TaskHandle.class.isAssignableFrom(type)) {
			return new CallForm(Kind.HANDLE, null);
		}
		if (AsyncResults.isAsync(type)) {
			return new CallForm(Kind.FUTURE, null);
		}
		ReactiveMethod reactive = ReactiveMethod.of(method);
		if (mode == Mode.AUTO) {
			return new CallForm((reactive != null) ? Kind.PUBLISHER : Kind.VALUE, reactive);
		}
		if (reactive != null) {
			throw new IllegalArgumentException("has mode SUBMIT, but is submitted when its caller subscribes to what "
					+ "it returns, or waits for it; leave out the mode, or return a TaskHandle");
		}
		if (type != void.class) {
			throw new IllegalArgumentException("has mode SUBMIT and returns " + type.getName()
					+ ", which is not there before the task has ended; return a TaskHandle of it, and "
					+ "TaskHandle.completed(...) in the method, or leave out the mode");
		}
		return new CallForm(Kind.NOTHING, null);
	}

	/**
	 * The type of what travels as the result of a method.
	 * @param method the method
	 * @param type the class of its bean
	 * @return the type of its value, not of the future, the handle or the like around it
	 */
	public ResolvableType value(Method method, Class<?> type) {
		ResolvableType result = ResolvableType.forMethodReturnType(method, type);
		return switch (this.kind) {
			case VALUE, NOTHING -> result;
			case FUTURE, HANDLE -> result.getGeneric(0);
			case PUBLISHER -> (this.reactive != null) ? this.reactive.value() : result;
		};
	}

	/**
	 * What there is.
	 */
	public enum Kind {

		/**
		 * They wait for the value, or for the end.
		 */
		VALUE,

		/**
		 * A future, in which all failures arrive.
		 */
		FUTURE,

		/**
		 * The handle of the accepted task.
		 */
		HANDLE,

		/**
		 * Nothing, once the task is accepted.
		 */
		NOTHING,

		/**
		 * Something to subscribe to, in which all failures arrive.
		 */
		PUBLISHER

	}

}
