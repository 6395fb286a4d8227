package dev.offload.worker;

import java.io.IOException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.offload.codec.TaskCodec;
import dev.offload.protocol.MethodNumber;
import dev.offload.protocol.ProtocolException;

/**
 * The methods that have numbers on one connection. Used by the thread that reads it.
 */
final class DefinedMethods {

	private @Nullable CalledMethod[] methods = new @Nullable CalledMethod[16];

	/**
	 * The method of a number, defined before or now.
	 * @param number the number, {@code null} for none
	 * @return the method, {@code null} for no number
	 * @throws ProtocolException if the number is unknown, or if its definition is damaged
	 * or not the first
	 */
	@Nullable CalledMethod find(@Nullable MethodNumber number) throws ProtocolException {
		if (number == null) {
			return null;
		}
		int index = number.number();
		CalledMethod known = (index < this.methods.length) ? this.methods[index] : null;
		byte[] definition = number.definition();
		if (known != null && definition == null) {
			return known;
		}
		if (known == null && definition != null) {
			return define(index, definition);
		}
		throw new ProtocolException(
				"Method number " + index + ((known != null) ? " is defined again" : " was not defined"));
	}

	private CalledMethod define(int index, byte[] definition) throws ProtocolException {
		CalledMethod method;
		try {
			method = new CalledMethod(TaskCodec.decodeAddress(definition));
		}
		catch (IOException ex) {
			throw new ProtocolException("The definition of method number " + index + " is damaged: " + ex.getMessage());
		}
		if (index >= this.methods.length) {
			this.methods = Arrays.copyOf(this.methods, Math.max(index + 1, 2 * this.methods.length));
		}
		this.methods[index] = method;
		return method;
	}

}
