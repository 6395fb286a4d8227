package dev.offload.codec;

import dev.offload.spi.MethodAddress;
import dev.offload.spi.Payload;

/**
 * What a worker is asked to run, of which only the header was read: nothing was
 * deserialized and no class loaded. {@link TaskCodec} reads the rest.
 */
public sealed interface TaskRequest {

	/**
	 * A task, usually a lambda.
	 */
	final class OfTask implements TaskRequest {

		private final String owner;

		private final Payload payload;

		private final int body;

		OfTask(String owner, Payload payload, int body) {
			this.owner = owner;
			this.payload = payload;
			this.body = body;
		}

		/**
		 * The class of the task; that of a lambda begins with the name of the class which
		 * it was written in.
		 * @return the name
		 */
		public String owner() {
			return this.owner;
		}

		long size() {
			return this.payload.size();
		}

		PayloadReader body() {
			return new PayloadReader(this.payload, this.body);
		}

	}

	/**
	 * A call of a method.
	 */
	final class OfInvocation implements TaskRequest {

		private final MethodAddress address;

		private final boolean repeated;

		private final Payload payload;

		private final int body;

		OfInvocation(MethodAddress address, boolean repeated, Payload payload, int body) {
			this.address = address;
			this.repeated = repeated;
			this.payload = payload;
			this.body = body;
		}

		/**
		 * The method and its object by name.
		 * @return the address
		 */
		public MethodAddress address() {
			return this.address;
		}

		/**
		 * Whether there are many calls, whose arguments are one array.
		 * @return {@code true} if so
		 */
		public boolean isRepeated() {
			return this.repeated;
		}

		// As Invocation.label() gives it.
		String label() {
			String type = this.address.declaringClass();
			int end = Math.max(type.lastIndexOf('.'), type.lastIndexOf('$'));
			return type.substring(end + 1) + "." + this.address.method();
		}

		long size() {
			return this.payload.size();
		}

		PayloadReader body() {
			return new PayloadReader(this.payload, this.body);
		}

	}

}
