package dev.offload.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * The head of one frame, checked, which then turns the body into a message. Nothing but a
 * {@link ProtocolException} comes of wrong bytes.
 */
public final class MessageReader {

	private static final int[] NONE = {};

	private final MessageType type;

	private final int bodyLength;

	private final long maxBody;

	private final long task;

	private MessageReader(MessageType type, int bodyLength, long maxBody, long task) {
		this.type = type;
		this.bodyLength = bodyLength;
		this.maxBody = maxBody;
		this.task = task;
	}

	/**
	 * Reads and checks the head of a frame.
	 * @param buffer the head
	 * @param maxBody the longest body admitted, with its attachments
	 * @return the reader of the rest
	 * @throws ProtocolException if the head is wrong or announces too long a body
	 */
	public static MessageReader readHeader(ByteBuffer buffer, long maxBody) throws ProtocolException {
		short magic = buffer.getShort();
		if (magic != Frame.MAGIC) {
			throw new ProtocolException("Not a frame: it starts with " + Integer.toHexString(magic & 0xFFFF));
		}
		byte version = buffer.get();
		if (version != Frame.VERSION) {
			throw new ProtocolException("Protocol version " + version + " instead of " + Frame.VERSION);
		}
		MessageType type = MessageType.of(buffer.get());
		int length = buffer.getInt();
		if (length < 0 || length > maxBody) {
			throw new ProtocolException(
					"A " + type + " frame of " + length + " bytes, when " + maxBody + " are the most here");
		}
		return new MessageReader(type, length, maxBody, buffer.getLong());
	}

	/**
	 * The length of the body to read.
	 * @return the number of bytes
	 */
	public int bodyLength() {
		return this.bodyLength;
	}

	/**
	 * The lengths of the attachments that follow the body, compared with what is
	 * admitted.
	 * @param body the body
	 * @return the lengths, in their order
	 * @throws ProtocolException if they are wrong or more than is admitted
	 */
	public int[] attachments(byte[] body) throws ProtocolException {
		return this.type.hasAttachments() ? new BodyReader(body).attachments(this.maxBody) : NONE;
	}

	/**
	 * Turns the body and its attachments into the message.
	 * @param body the body, kept as the payload by messages that have one
	 * @param attachments the attachments, of the lengths that the body announces
	 * @return the message
	 * @throws ProtocolException if the body is wrong
	 */
	public Message read(byte[] body, List<ByteBuffer> attachments) throws ProtocolException {
		return switch (this.type) {
			case EXECUTE -> new BodyReader(body).execute(this.task, attachments);
			case COMPLETED -> new Completed(this.task, new BodyReader(body).payload(attachments));
			case FAILED -> new Failed(this.task, new BodyReader(body).payload(attachments));
			case START_FAILED -> new StartFailed(Payload.of(body));
			case ITEMS -> new Items(this.task, new BodyReader(body).payload(attachments));
			case TAKEN -> new BodyReader(body).taken(this.task);
			case PROGRESS -> new BodyReader(body).progress(this.task);
			case CANCEL -> empty(body, new Cancel(this.task));
			case TAKE_DUMP -> empty(body, new TakeDump(this.task));
			case THREAD_DUMP -> new BodyReader(body).threadDump(this.task);
			case READY -> empty(body, new Ready());
			case SHUTDOWN -> empty(body, new Shutdown());
			case HEARTBEAT -> new BodyReader(body).heartbeat();
			case LOG_EVENT -> new BodyReader(body).logEvent();
			case LOGS_DROPPED -> new BodyReader(body).logsDropped();
			case HELLO -> new BodyReader(body).hello();
			case CONFIGURE -> new BodyReader(body).configure();
			case NUDGE -> empty(body, new Nudge());
			case BY_SOCKET -> empty(body, new BySocket());
			case BY_MEMORY -> empty(body, new ByMemory(this.task));
			case SHARE -> new BodyReader(body).share();
			case SHARED -> empty(body, new Shared(isYes(this.task)));
		};
	}

	private static boolean isYes(long value) throws ProtocolException {
		if (value != 0 && value != 1) {
			throw new ProtocolException("A yes or no of " + value);
		}
		return value == 1;
	}

	private Message empty(byte[] body, Message message) throws ProtocolException {
		if (body.length > 0) {
			throw new ProtocolException("A " + this.type + " frame has no body");
		}
		return message;
	}

	/**
	 * Reads the fields of a body.
	 */
	private static final class BodyReader {

		private final ByteBuffer body;

		BodyReader(byte[] body) {
			this.body = ByteBuffer.wrap(body);
		}

		int[] attachments(long maxBytes) throws ProtocolException {
			int count = readCount();
			if (count > Payload.MAX_ATTACHMENTS) {
				throw new ProtocolException(count + " attachments, when " + Payload.MAX_ATTACHMENTS + " are the most");
			}
			int[] lengths = (count > 0) ? new int[count] : NONE;
			long bytes = this.body.capacity();
			for (int i = 0; i < count; i++) {
				lengths[i] = readInt();
				bytes += lengths[i];
				if (lengths[i] < 0 || bytes > maxBytes) {
					throw new ProtocolException("An attachment of " + lengths[i] + " bytes to a frame of "
							+ (bytes - lengths[i]) + ", when " + maxBytes + " are the most here");
				}
			}
			return lengths;
		}

		Execute execute(long task, List<ByteBuffer> attachments) throws ProtocolException {
			skipLengths(attachments);
			MethodNumber method = readMethod();
			return new Execute(task, readAttempt(), readContext(), method, restWith(attachments));
		}

		private Attempt readAttempt() throws ProtocolException {
			require(Attempt.BYTES);
			byte flags = this.body.get();
			int number = this.body.getInt();
			long millis = this.body.getLong();
			if ((flags & ~(Attempt.HAS_ID | Attempt.STREAMED)) != 0 || number < 1 || millis < -1) {
				throw new ProtocolException(
						"An attempt of flags " + flags + ", number " + number + " and " + millis + " ms left");
			}
			if (flags == 0 && number == 1 && millis == -1) {
				return Attempt.FIRST;
			}
			String id = ((flags & Attempt.HAS_ID) != 0) ? readString(Attempt.MAX_ID_BYTES, "id") : null;
			return new Attempt(id, number, millis, (flags & Attempt.STREAMED) != 0);
		}

		Taken taken(long task) throws ProtocolException {
			return end(new Taken(task, readLong()));
		}

		Progress progress(long task) throws ProtocolException {
			long done = readLong();
			long total = readLong();
			int texts = readCount();
			if (texts > 1) {
				throw new ProtocolException(texts + " texts of progress, when one is the most");
			}
			return end(new Progress(task, done, total,
					(texts == 1) ? readString(Frame.MAX_PROGRESS_BYTES, "text of progress") : null));
		}

		// Negative with a definition, 0 for none.
		private @Nullable MethodNumber readMethod() throws ProtocolException {
			int number = readInt();
			if (number == 0) {
				return null;
			}
			if (number > MethodNumber.MAX || number < -MethodNumber.MAX) {
				throw new ProtocolException(
						"A method of number " + number + ", when " + MethodNumber.MAX + " are the most");
			}
			return (number > 0) ? new MethodNumber(number, null) : new MethodNumber(-number, readDefinition());
		}

		private byte[] readDefinition() throws ProtocolException {
			int length = readInt();
			if (length < 0 || length > MethodNumber.MAX_DEFINITION_BYTES) {
				throw new ProtocolException("A definition of " + length + " bytes, when "
						+ MethodNumber.MAX_DEFINITION_BYTES + " are the most");
			}
			require(length);
			byte[] definition = new byte[length];
			this.body.get(definition);
			return definition;
		}

		Payload payload(List<ByteBuffer> attachments) throws ProtocolException {
			skipLengths(attachments);
			return restWith(attachments);
		}

		private void skipLengths(List<ByteBuffer> attachments) throws ProtocolException {
			if (readCount() != attachments.size()) {
				throw new ProtocolException("Not as many attachments as announced: " + attachments.size());
			}
			this.body.position(this.body.position() + Integer.BYTES * attachments.size());
		}

		// The rest is the head of the payload, which is not copied.
		private Payload restWith(List<ByteBuffer> attachments) {
			return new Payload(this.body.array(), this.body.position(), this.body.remaining(), attachments);
		}

		private Map<String, String> readContext() throws ProtocolException {
			int count = readCount();
			if (count == 0) {
				return Map.of();
			}
			int start = this.body.position();
			if (count > Frame.MAX_CONTEXT_ENTRIES) {
				throw new ProtocolException(
						count + " entries of context, when " + Frame.MAX_CONTEXT_ENTRIES + " are the most");
			}
			Map<String, String> context = new LinkedHashMap<>();
			for (int i = 0; i < count; i++) {
				if (context.put(readString(), readString()) != null) {
					throw new ProtocolException("Two entries of context have one name");
				}
			}
			int bytes = this.body.position() - start - 2 * count * Integer.BYTES;
			if (bytes > Frame.MAX_CONTEXT_BYTES) {
				throw new ProtocolException(
						bytes + " bytes of context, when " + Frame.MAX_CONTEXT_BYTES + " are the most");
			}
			return Collections.unmodifiableMap(context);
		}

		Hello hello() throws ProtocolException {
			return end(new Hello(readString(), readInt(), readLong(), readString(), readBoolean()));
		}

		Share share() throws ProtocolException {
			return end(new Share(readString()));
		}

		Heartbeat heartbeat() throws ProtocolException {
			return end(new Heartbeat(readLong(), readLong(), readLong(), readInt()));
		}

		ThreadDump threadDump(long task) throws ProtocolException {
			return end(new ThreadDump(task, readStrings(), readString()));
		}

		LogEvent logEvent() throws ProtocolException {
			return new LogEvent(readInt(), readLong(), readString(), readString(), readString(), readMap(), rest());
		}

		LogsDropped logsDropped() throws ProtocolException {
			return end(new LogsDropped(readLong()));
		}

		Configure configure() throws ProtocolException {
			int slots = readInt();
			long maxPayload = readLong();
			String ids = readString();
			long heartbeat = readLong();
			String codec = readString();
			String resolver = readString();
			List<String> initializer = readStrings();
			return end(new Configure(slots, maxPayload, ids, heartbeat, codec, resolver,
					initializer.isEmpty() ? null : initializer.get(0), readStrings(), readMap(), readStrings(),
					readStrings(), readString(), readLong(), readString()));
		}

		private boolean readBoolean() throws ProtocolException {
			require(1);
			return isYes(this.body.get());
		}

		private <M extends Message> M end(M message) throws ProtocolException {
			if (this.body.hasRemaining()) {
				throw new ProtocolException(this.body.remaining() + " bytes too many in a " + message);
			}
			return message;
		}

		private byte[] rest() {
			byte[] bytes = new byte[this.body.remaining()];
			this.body.get(bytes);
			return bytes;
		}

		private int readInt() throws ProtocolException {
			require(Integer.BYTES);
			return this.body.getInt();
		}

		private long readLong() throws ProtocolException {
			require(Long.BYTES);
			return this.body.getLong();
		}

		private int readCount() throws ProtocolException {
			int count = readInt();
			// each element takes four bytes at least
			if (count < 0 || count > this.body.remaining() / Integer.BYTES) {
				throw new ProtocolException("A count of " + count + " with " + this.body.remaining() + " bytes left");
			}
			return count;
		}

		private String readString(int most, String what) throws ProtocolException {
			require(Integer.BYTES);
			int length = this.body.getInt(this.body.position());
			if (length > most) {
				throw new ProtocolException(
						"The " + what + " has " + length + " bytes, when " + most + " are the most");
			}
			return readString();
		}

		private String readString() throws ProtocolException {
			int length = readInt();
			if (length < 0) {
				throw new ProtocolException("A string of length " + length);
			}
			require(length);
			ByteBuffer bytes = this.body.slice(this.body.position(), length);
			this.body.position(this.body.position() + length);
			try {
				return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
			}
			catch (CharacterCodingException ex) {
				throw new ProtocolException("A string that is not UTF-8");
			}
		}

		private List<String> readStrings() throws ProtocolException {
			int count = readCount();
			List<String> values = new ArrayList<>(count);
			for (int i = 0; i < count; i++) {
				values.add(readString());
			}
			return values;
		}

		private Map<String, String> readMap() throws ProtocolException {
			int count = readCount();
			Map<String, String> values = new HashMap<>(count * 2);
			for (int i = 0; i < count; i++) {
				values.put(readString(), readString());
			}
			return values;
		}

		private void require(int bytes) throws ProtocolException {
			if (this.body.remaining() < bytes) {
				throw new ProtocolException(bytes + " bytes wanted, " + this.body.remaining() + " left");
			}
		}

	}

}
