package dev.offload.protocol;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Message.ByMemory;
import dev.offload.protocol.Message.BySocket;
import dev.offload.protocol.Message.Cancel;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Configure;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.Message.Failed;
import dev.offload.protocol.Message.Heartbeat;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.Message.Items;
import dev.offload.protocol.Message.LogEvent;
import dev.offload.protocol.Message.LogsDropped;
import dev.offload.protocol.Message.Nudge;
import dev.offload.protocol.Message.Progress;
import dev.offload.protocol.Message.Ready;
import dev.offload.protocol.Message.Share;
import dev.offload.protocol.Message.Shared;
import dev.offload.protocol.Message.Shutdown;
import dev.offload.protocol.Message.StartFailed;
import dev.offload.protocol.Message.TakeDump;
import dev.offload.protocol.Message.Taken;
import dev.offload.protocol.Message.ThreadDump;
import dev.offload.spi.Payload;

/**
 * Turns messages into frames: a head of fixed size, and a body.
 */
public final class MessageWriter {

	private static final byte[] NO_BYTES = {};

	/** A count of attachments: none. */
	private static final byte[] NO_ATTACHMENTS = new byte[Integer.BYTES];

	/** Without attachments, definition, id and context: all of it has its length. */
	private static final int SHORT_PREFIX = 3 * Integer.BYTES + Attempt.BYTES;

	private MessageWriter() {
	}

	/**
	 * The first part of the body of the frame of a message, short enough to be copied.
	 * @param message the message
	 * @return the bytes, possibly none
	 */
	public static byte[] prefix(Message message) {
		if (message instanceof Execute execute) {
			return prefix(execute);
		}
		if (!type(message).hasAttachments()) {
			return NO_BYTES;
		}
		List<ByteBuffer> attachments = body(message).attachments();
		return attachments.isEmpty() ? NO_ATTACHMENTS : bytes((out) -> writeLengths(out, attachments));
	}

	private static byte[] prefix(Execute execute) {
		List<ByteBuffer> attachments = execute.payload().attachments();
		MethodNumber method = execute.method();
		Attempt attempt = execute.attempt();
		if (attachments.isEmpty() && execute.context().isEmpty() && attempt.id() == null
				&& (method == null || method.definition() == null)) {
			return ByteBuffer.allocate(SHORT_PREFIX)
				.putInt(0)
				.putInt((method != null) ? method.number() : 0)
				.put(attempt.flags())
				.putInt(attempt.number())
				.putLong(attempt.millisLeft())
				.array();
		}
		return bytes((out) -> {
			writeLengths(out, attachments);
			writeMethod(out, method);
			writeAttempt(out, attempt);
			writeMap(out, execute.context());
		});
	}

	private static void writeMethod(DataOutputStream out, @Nullable MethodNumber method) throws IOException {
		byte[] definition = (method != null) ? method.definition() : null;
		if (method == null || definition == null) {
			out.writeInt((method != null) ? method.number() : 0);
			return;
		}
		out.writeInt(-method.number());
		out.writeInt(definition.length);
		out.write(definition);
	}

	private static void writeAttempt(DataOutputStream out, Attempt attempt) throws IOException {
		out.writeByte(attempt.flags());
		out.writeInt(attempt.number());
		out.writeLong(attempt.millisLeft());
		if (attempt.id() != null) {
			writeString(out, attempt.id());
		}
	}

	/**
	 * The body of the frame of a message, without its {@linkplain #prefix first part},
	 * and what is attached to it. Payloads are not copied.
	 * @param message the message
	 * @return the body, possibly of length 0, and its attachments
	 */
	public static Payload body(Message message) {
		if (message instanceof Execute execute) {
			return execute.payload();
		}
		if (message instanceof Completed completed) {
			return completed.payload();
		}
		if (message instanceof Failed failed) {
			return failed.payload();
		}
		if (message instanceof Items items) {
			return items.payload();
		}
		if (message instanceof StartFailed failed) {
			return failed.failure();
		}
		return Payload.of(controlBody(message));
	}

	private static byte[] controlBody(Message message) {
		if (message instanceof Heartbeat heartbeat) {
			return heartbeat(heartbeat);
		}
		if (message instanceof Taken taken) {
			return bytes((out) -> out.writeLong(taken.bytes()));
		}
		if (message instanceof Progress progress) {
			return bytes((out) -> writeProgress(out, progress));
		}
		if (message instanceof ThreadDump dump) {
			return bytes((out) -> writeDump(out, dump));
		}
		if (message instanceof LogEvent event) {
			return bytes((out) -> writeLogEvent(out, event));
		}
		if (message instanceof LogsDropped dropped) {
			return bytes((out) -> out.writeLong(dropped.count()));
		}
		if (message instanceof Hello hello) {
			return bytes((out) -> writeHello(out, hello));
		}
		if (message instanceof Configure configure) {
			return bytes((out) -> writeConfigure(out, configure));
		}
		if (message instanceof Share share) {
			return bytes((out) -> writeString(out, share.file()));
		}
		return NO_BYTES;
	}

	/**
	 * Writes the head of the frame of a message.
	 * @param message the message
	 * @param bodyLength the length of its body, with the first part and without
	 * attachments
	 * @param buffer where to, with {@link Frame#HEADER_BYTES} remaining at least
	 */
	public static void writeHeader(Message message, int bodyLength, ByteBuffer buffer) {
		buffer.putShort(Frame.MAGIC);
		buffer.put(Frame.VERSION);
		buffer.put(type(message).code());
		buffer.putInt(bodyLength);
		buffer.putLong(task(message));
	}

	private static MessageType type(Message message) {
		if (message instanceof Execute) {
			return MessageType.EXECUTE;
		}
		if (message instanceof Completed) {
			return MessageType.COMPLETED;
		}
		if (message instanceof Failed) {
			return MessageType.FAILED;
		}
		if (message instanceof Cancel) {
			return MessageType.CANCEL;
		}
		if (message instanceof Progress) {
			return MessageType.PROGRESS;
		}
		if (message instanceof Items) {
			return MessageType.ITEMS;
		}
		if (message instanceof Taken) {
			return MessageType.TAKEN;
		}
		return controlType(message);
	}

	private static MessageType controlType(Message message) {
		if (message instanceof Hello) {
			return MessageType.HELLO;
		}
		if (message instanceof Configure) {
			return MessageType.CONFIGURE;
		}
		if (message instanceof Heartbeat) {
			return MessageType.HEARTBEAT;
		}
		if (message instanceof TakeDump) {
			return MessageType.TAKE_DUMP;
		}
		if (message instanceof ThreadDump) {
			return MessageType.THREAD_DUMP;
		}
		if (message instanceof LogEvent) {
			return MessageType.LOG_EVENT;
		}
		if (message instanceof LogsDropped) {
			return MessageType.LOGS_DROPPED;
		}
		if (message instanceof Ready) {
			return MessageType.READY;
		}
		if (message instanceof StartFailed) {
			return MessageType.START_FAILED;
		}
		return (message instanceof Shutdown) ? MessageType.SHUTDOWN : laneType(message);
	}

	private static MessageType laneType(Message message) {
		if (message instanceof Nudge) {
			return MessageType.NUDGE;
		}
		if (message instanceof BySocket) {
			return MessageType.BY_SOCKET;
		}
		if (message instanceof ByMemory) {
			return MessageType.BY_MEMORY;
		}
		return (message instanceof Share) ? MessageType.SHARE : MessageType.SHARED;
	}

	private static long task(Message message) {
		if (message instanceof Execute execute) {
			return execute.task();
		}
		if (message instanceof Completed completed) {
			return completed.task();
		}
		if (message instanceof Failed failed) {
			return failed.task();
		}
		if (message instanceof Progress progress) {
			return progress.task();
		}
		if (message instanceof Items items) {
			return items.task();
		}
		if (message instanceof Taken taken) {
			return taken.task();
		}
		if (message instanceof TakeDump dump) {
			return dump.task();
		}
		if (message instanceof ThreadDump dump) {
			return dump.task();
		}
		if (message instanceof ByMemory memory) {
			return memory.place();
		}
		if (message instanceof Shared shared) {
			return shared.done() ? 1 : 0;
		}
		return (message instanceof Cancel cancel) ? cancel.task() : 0;
	}

	private static byte[] heartbeat(Heartbeat heartbeat) {
		return ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES)
			.putLong(heartbeat.heapUsed())
			.putLong(heartbeat.heapCommitted())
			.putLong(heartbeat.heapMax())
			.putInt(heartbeat.threads())
			.array();
	}

	private static void writeProgress(DataOutputStream out, Progress progress) throws IOException {
		out.writeLong(progress.done());
		out.writeLong(progress.total());
		String text = progress.text();
		writeStrings(out, (text != null) ? List.of(text) : List.of());
	}

	private static void writeDump(DataOutputStream out, ThreadDump dump) throws IOException {
		writeStrings(out, dump.stack());
		writeString(out, dump.text());
	}

	private static void writeLogEvent(DataOutputStream out, LogEvent event) throws IOException {
		out.writeInt(event.level());
		out.writeLong(event.millis());
		writeString(out, event.logger());
		writeString(out, event.thread());
		writeString(out, event.text());
		writeMap(out, event.context());
		out.write(event.failure());
	}

	private static void writeHello(DataOutputStream out, Hello hello) throws IOException {
		writeString(out, hello.token());
		out.writeInt(hello.connection());
		out.writeLong(hello.pid());
		writeString(out, hello.fingerprint());
		out.writeBoolean(hello.pipes());
	}

	private static void writeConfigure(DataOutputStream out, Configure configure) throws IOException {
		out.writeInt(configure.slots());
		out.writeLong(configure.maxPayloadBytes());
		writeString(out, configure.ids());
		out.writeLong(configure.heartbeatMillis());
		writeString(out, configure.codec());
		writeString(out, configure.resolver());
		writeStrings(out, (configure.initializer() != null) ? List.of(configure.initializer()) : List.of());
		writeStrings(out, configure.initializerArguments());
		writeMap(out, configure.settings());
		writeStrings(out, configure.applicationPackages());
		writeStrings(out, configure.allowedTypes());
		writeString(out, configure.spool());
		out.writeLong(configure.maxSpoolBytes());
		writeString(out, configure.pipes());
	}

	private static void writeLengths(DataOutputStream out, List<ByteBuffer> attachments) throws IOException {
		if (attachments.size() > Payload.MAX_ATTACHMENTS) {
			throw new IllegalArgumentException(
					attachments.size() + " attachments, when " + Payload.MAX_ATTACHMENTS + " are the most");
		}
		out.writeInt(attachments.size());
		for (ByteBuffer attachment : attachments) {
			out.writeInt(attachment.remaining());
		}
	}

	private static void writeMap(DataOutputStream out, Map<String, String> values) throws IOException {
		out.writeInt(values.size());
		for (Map.Entry<String, String> entry : values.entrySet()) {
			writeString(out, entry.getKey());
			writeString(out, entry.getValue());
		}
	}

	private static void writeStrings(DataOutputStream out, List<String> values) throws IOException {
		out.writeInt(values.size());
		for (String value : values) {
			writeString(out, value);
		}
	}

	private static void writeString(DataOutputStream out, String value) throws IOException {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static byte[] bytes(BodyWriter writer) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			writer.write(new DataOutputStream(bytes));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Writes the body of a message.
	 */
	private interface BodyWriter {

		void write(DataOutputStream out) throws IOException;

	}

}
