package dev.offload.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The types of messages, with the byte that stands for each in a frame.
 */
enum MessageType {

	HELLO(1), CONFIGURE(2), READY(3), START_FAILED(4), EXECUTE(5), COMPLETED(6), FAILED(7), CANCEL(8), SHUTDOWN(9),

	HEARTBEAT(10), TAKE_DUMP(11), THREAD_DUMP(12), LOG_EVENT(13), LOGS_DROPPED(14),

	PROGRESS(15), ITEMS(16), TAKEN(17),

	NUDGE(18), BY_SOCKET(19), BY_MEMORY(20), SHARE(21), SHARED(22);

	private static final @Nullable MessageType[] BY_CODE = new MessageType[23];

	static {
		for (MessageType type : values()) {
			BY_CODE[type.code] = type;
		}
	}

	private final byte code;

	MessageType(int code) {
		this.code = (byte) code;
	}

	byte code() {
		return this.code;
	}

	// Whether its body is a payload, to which more may be attached.
	boolean hasAttachments() {
		return this == EXECUTE || this == COMPLETED || this == FAILED || this == ITEMS;
	}

	static MessageType of(byte code) throws ProtocolException {
		MessageType type = (code > 0 && code < BY_CODE.length) ? BY_CODE[code] : null;
		if (type == null) {
			throw new ProtocolException("Unknown message type " + code);
		}
		return type;
	}

}
