package dev.offload.protocol;

import dev.offload.spi.ProgressText;

/**
 * The layout of frames: magic (2 bytes), version (1), type (1), length of the body (4),
 * number of the task (8), body, and what is attached to it. All numbers are big-endian.
 */
public final class Frame {

	/**
	 * The length of the head.
	 */
	public static final int HEADER_BYTES = 16;

	/**
	 * What a frame may be longer than the payload limit: what the codec adds, and the
	 * text of a failure where the limit is tiny.
	 */
	public static final int SLACK_BYTES = 64 * 1024;

	/**
	 * The most entries of context that a task takes along.
	 */
	public static final int MAX_CONTEXT_ENTRIES = 64;

	/**
	 * The most bytes that these entries have in UTF-8, names and values together.
	 */
	public static final int MAX_CONTEXT_BYTES = 32 * 1024;

	/**
	 * The most bytes that the message of a task's progress has in UTF-8.
	 */
	public static final int MAX_PROGRESS_BYTES = ProgressText.MAX_BYTES;

	static final short MAGIC = 0x4F46;

	static final byte VERSION = 3;

	private Frame() {
	}

}
