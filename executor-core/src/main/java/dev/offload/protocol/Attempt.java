package dev.offload.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a task is told of itself, and how it is to answer.
 *
 * @param id its id, {@code null} for the one that is made of its number
 * @param number which attempt this is, from 1
 * @param millisLeft how long it may go on, {@code -1} for as long as it likes: clocks of
 * two processes are not compared
 * @param streamed whether its result is a stream, whose items are told as they come
 */
public record Attempt(@Nullable String id, int number, long millisLeft, boolean streamed) {

	/**
	 * The first one at a task without an id of its own, without any limit.
	 */
	public static final Attempt FIRST = new Attempt(null, 1, -1, false);

	/**
	 * The most bytes of an id in UTF-8.
	 */
	public static final int MAX_ID_BYTES = 4 * 1024;

	static final int HAS_ID = 1;

	static final int STREAMED = 2;

	/** Flags, number, time. */
	static final int BYTES = Byte.BYTES + Integer.BYTES + Long.BYTES;

	byte flags() {
		return (byte) (((this.id != null) ? HAS_ID : 0) | (this.streamed ? STREAMED : 0));
	}

}
