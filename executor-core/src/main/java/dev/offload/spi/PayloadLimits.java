package dev.offload.spi;

/**
 * Limits on what one payload may hold.
 *
 * @param maxBytes the most bytes
 * @param maxDepth the deepest nesting of objects
 * @param maxReferences the most objects
 */
public record PayloadLimits(long maxBytes, int maxDepth, long maxReferences) {

	/**
	 * The default depth: deep enough for trees and short linked lists.
	 */
	public static final int DEFAULT_MAX_DEPTH = 1_000;

	/**
	 * The default number of objects.
	 */
	public static final long DEFAULT_MAX_REFERENCES = 10_000_000;

	/**
	 * The defaults, but for the bytes.
	 * @param maxBytes the most bytes
	 * @return the limits
	 */
	public static PayloadLimits ofBytes(long maxBytes) {
		return new PayloadLimits(maxBytes, DEFAULT_MAX_DEPTH, DEFAULT_MAX_REFERENCES);
	}

}
