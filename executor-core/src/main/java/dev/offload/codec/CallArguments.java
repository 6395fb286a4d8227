package dev.offload.codec;

import org.jspecify.annotations.Nullable;

/**
 * What travelled with a call of a method.
 *
 * @param instance the object to call it on, {@code null} unless the kind of the target is
 * {@code INSTANCE}
 * @param arguments the arguments, as many as the method has parameters
 */
// Made for one call and not compared.
@SuppressWarnings("ArrayRecordComponent")
public record CallArguments(@Nullable Object instance, @Nullable Object[] arguments) {

	/**
	 * The arguments of repeated calls.
	 * @return the array that has an element for each call
	 */
	public Object items() {
		Object items = this.arguments[0];
		if (items == null || !items.getClass().isArray()) {
			throw new IllegalArgumentException("Repeated calls without an array of their arguments");
		}
		return items;
	}

}
