package dev.offload.spring;

import java.lang.reflect.Method;

import dev.offload.TaskHandle;
import dev.offload.spi.AsyncResults;
import dev.offload.spring.OffloadTo.Mode;

/**
 * What the callers of a method get.
 */
public enum CallForm {

	/**
	 * They wait for the value, or for the end.
	 */
	VALUE(false),

	/**
	 * A future, in which all failures arrive.
	 */
	FUTURE(true),

	/**
	 * The handle of the accepted task.
	 */
	HANDLE(true),

	/**
	 * Nothing, once the task is accepted.
	 */
	NOTHING(false);

	private final boolean around;

	CallForm(boolean around) {
		this.around = around;
	}

	/**
	 * Whether the method's type is one around the value that travels.
	 * @return {@code true} for futures and handles
	 */
	public boolean isAroundValue() {
		return this.around;
	}

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
			return HANDLE;
		}
		if (AsyncResults.isAsync(type)) {
			return FUTURE;
		}
		if (mode == Mode.AUTO) {
			return VALUE;
		}
		if (type != void.class) {
			throw new IllegalArgumentException("has mode SUBMIT and returns " + type.getName()
					+ ", which is not there before the task has ended; return a TaskHandle of it, and "
					+ "TaskHandle.completed(...) in the method, or leave out the mode");
		}
		return NOTHING;
	}

}
