package dev.offload.spi;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * An encoded task, result or failure: a head, and what is too large to be copied into it.
 * Nothing is copied: whoever makes one leaves its bytes alone as long as it is in use.
 *
 * @param bytes the array in which the head lies
 * @param start where in it the head begins
 * @param length how many bytes the head has
 * @param attachments what travels beside the head, in the order in which the head speaks
 * of it; positions and limits are not changed by who reads them
 */
// Made once and not compared.
@SuppressWarnings("ArrayRecordComponent")
public record Payload(byte[] bytes, int start, int length, List<ByteBuffer> attachments) {

	/**
	 * The most attachments of a payload: a method has fewer parameters.
	 */
	public static final int MAX_ATTACHMENTS = 256;

	public Payload {
		Objects.checkFromIndexSize(start, length, bytes.length);
		attachments = List.copyOf(attachments);
	}

	/**
	 * A payload without attachments.
	 * @param head all bytes of its head
	 * @return the payload
	 */
	public static Payload of(byte[] head) {
		return new Payload(head, 0, head.length, List.of());
	}

	/**
	 * How large it is.
	 * @return the number of bytes, of its head and its attachments together
	 */
	public long size() {
		long size = this.length;
		for (ByteBuffer attachment : this.attachments) {
			size += attachment.remaining();
		}
		return size;
	}

	/**
	 * This payload with attachments of its own: what they were made of may change
	 * afterwards.
	 * @return a payload whose attachments are copies
	 */
	public Payload detached() {
		if (this.attachments.isEmpty()) {
			return this;
		}
		return new Payload(this.bytes, this.start, this.length,
				this.attachments.stream().map((attachment) -> ByteBuffer.wrap(copy(attachment))).toList());
	}

	/**
	 * All bytes of an attachment, without a copy where they are an array of their own.
	 * @param attachment the attachment
	 * @return the bytes
	 */
	public static byte[] bytesOf(ByteBuffer attachment) {
		if (attachment.hasArray() && attachment.arrayOffset() == 0 && attachment.position() == 0
				&& attachment.remaining() == attachment.array().length) {
			return attachment.array();
		}
		return copy(attachment);
	}

	private static byte[] copy(ByteBuffer attachment) {
		byte[] copy = new byte[attachment.remaining()];
		attachment.get(attachment.position(), copy);
		return copy;
	}

	@Override
	public String toString() {
		return "Payload[size=" + size() + "]";
	}

}
