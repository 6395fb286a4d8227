package dev.offload.codec;

import dev.offload.spi.PayloadLimits;

/**
 * Keeps the limits on what the objects of one payload are like: how many they are, how
 * deeply they are nested, how many dimensions their arrays have. One for all parts of a
 * payload, also those that another codec reads. Used by one thread.
 */
public final class PayloadShape {

	/** Each dimension is a class that the loader keeps for good. */
	private static final int MAX_DIMENSIONS = 8;

	private static final String TOO_MANY_DIMENSIONS = "[".repeat(MAX_DIMENSIONS + 1);

	private final PayloadLimits limits;

	private long objects;

	/**
	 * Creates one for a payload of which nothing was read.
	 * @param limits the limits
	 */
	public PayloadShape(PayloadLimits limits) {
		this.limits = limits;
	}

	/**
	 * Counts one more object.
	 * @throws PayloadLimitException if they are too many
	 */
	public void count() throws PayloadLimitException {
		this.objects++;
		requireCount(this.objects);
	}

	/**
	 * Refuses objects that are nested too deeply.
	 * @param depth how deep an object lies, 1 for the outermost
	 * @throws PayloadLimitException if that is too deep
	 */
	public void requireDepth(long depth) throws PayloadLimitException {
		if (depth > this.limits.maxDepth()) {
			throw PayloadLimitException.ofShape("its objects are nested deeper than " + this.limits.maxDepth());
		}
	}

	/**
	 * Refuses names of classes that would make too many classes of arrays. To be asked
	 * before a class is loaded.
	 * @param type the name of a class, as {@link Class#getName()} gives it
	 * @throws PayloadLimitException if it is an array of too many dimensions
	 */
	public void requireDimensions(String type) throws PayloadLimitException {
		if (type.startsWith(TOO_MANY_DIMENSIONS)) {
			throw PayloadLimitException.ofShape("it holds an array of more than " + MAX_DIMENSIONS + " dimensions");
		}
	}

	void requireCount(long count) throws PayloadLimitException {
		if (count > this.limits.maxReferences()) {
			throw PayloadLimitException.ofShape("it holds more than " + this.limits.maxReferences() + " objects");
		}
	}

}
