package dev.offload.codec;

/**
 * How much of a failure is told.
 *
 * @param depth the deepest nesting of causes and suppressed exceptions
 * @param exceptions the most exceptions in all
 * @param frames the most stack elements of each
 * @param characters the longest text
 * @param marksCuts whether a stack that is cut ends with an element that says so, and
 * exceptions that are cut with one
 */
record FailureBounds(int depth, int exceptions, int frames, int characters, boolean marksCuts) {

	static final FailureBounds FULL = new FailureBounds(50, 200, 1024, 64 * 1024, false);

	static final FailureBounds SHORT = new FailureBounds(5, 10, 20, 1000, false);

	static final FailureBounds LEAST = new FailureBounds(0, 1, 0, 100, false);

	/** Less than full, for what marks a cut is one exception more, twice for each. */
	static final FailureBounds LOGGED = new FailureBounds(49, 66, 256, 8 * 1024, true);

	static final FailureBounds LOGGED_SHORT = new FailureBounds(5, 10, 20, 200, true);

	static final FailureBounds LOGGED_LEAST = new FailureBounds(0, 1, 0, 100, true);

}
