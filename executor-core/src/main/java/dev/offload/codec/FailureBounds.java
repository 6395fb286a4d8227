package dev.offload.codec;

/**
 * How much of a failure is told.
 *
 * @param depth the deepest nesting of causes and suppressed exceptions
 * @param exceptions the most exceptions in all
 * @param frames the most stack elements of each
 * @param characters the longest text
 */
record FailureBounds(int depth, int exceptions, int frames, int characters) {

	static final FailureBounds FULL = new FailureBounds(50, 200, 1024, 64 * 1024);

	static final FailureBounds SHORT = new FailureBounds(5, 10, 20, 1000);

	static final FailureBounds LEAST = new FailureBounds(0, 1, 0, 100);

}
