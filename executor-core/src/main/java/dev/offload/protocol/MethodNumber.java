package dev.offload.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Which method a task calls, on one connection: a number, and with its first use there
 * what it stands for.
 *
 * @param number the number, from 1 to {@link #MAX}
 * @param definition the encoded address of the method, {@code null} if it was sent before
 */
// Made for one frame and not compared.
@SuppressWarnings("ArrayRecordComponent")
public record MethodNumber(int number, byte @Nullable [] definition) {

	/**
	 * The most methods that have numbers.
	 */
	public static final int MAX = 1024;

	/**
	 * The longest definition.
	 */
	public static final int MAX_DEFINITION_BYTES = 8 * 1024;

	@Override
	public String toString() {
		return "MethodNumber[number=" + this.number + "]";
	}

}
