package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.stream.BaseStream;

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
		if (BaseStream.class.isAssignableFrom(type)) {
			if (mode == Mode.SUBMIT) {
				throw new IllegalArgumentException(
						"has mode SUBMIT and returns " + type.getName() + ", which is there at "
								+ "once, while its task makes the items that its caller takes; leave out the mode");
			}
			return new CallForm(Kind.STREAM, null);
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
	 * @return the type of its value, or of each item where these travel one by one, not
	 * of the future, the handle, the stream or the like around it
	 */
	public ResolvableType value(Method method, Class<?> type) {
		ResolvableType result = ResolvableType.forMethodReturnType(method, type);
		return switch (this.kind) {
			case VALUE, NOTHING -> result;
			case FUTURE, HANDLE, STREAM -> result.getGeneric(0);
			case PUBLISHER -> (this.reactive != null) ? this.reactive.value() : result;
		};
	}

	/**
	 * Whether the method has items that travel one by one.
	 * @return {@code true} for a stream, and for what may have many values that are
	 * subscribed to
	 */
	public boolean itemByItem() {
		return this.kind == Kind.STREAM || (this.reactive != null && this.reactive.many());
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
		 * A stream, in which they wait for each item.
		 */
		STREAM,

		/**
		 * Something to subscribe to, in which all failures arrive.
		 */
		PUBLISHER

	}

}
