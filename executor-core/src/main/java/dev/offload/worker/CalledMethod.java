package dev.offload.worker;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.BoundMethod;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.PayloadScope;

/**
 * A method that tasks call by its number. It is looked for with the first call, and again
 * as long as it is not found. Used by one thread.
 */
final class CalledMethod {

	private final MethodAddress address;

	private @Nullable Found found;

	CalledMethod(MethodAddress address) {
		this.address = address;
	}

	MethodAddress address() {
		return this.address;
	}

	@Nullable Found found() {
		return this.found;
	}

	Found found(BoundMethod method, PayloadScope arguments) {
		Found all = new Found(method, arguments);
		this.found = all;
		return all;
	}

	/**
	 * What does not change from call to call.
	 *
	 * @param method the method
	 * @param arguments what may be read as its arguments
	 */
	record Found(BoundMethod method, PayloadScope arguments) {

	}

}
