package dev.offload.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.RemoteTaskException;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

/**
 * Sends exceptions: as texts always, and as themselves if they can be written and read. A
 * payload is the texts, then why there is no object or else the object.
 */
final class FailureCodec {

	private static final PayloadSubject SUBJECT = new PayloadSubject(Direction.FROM_WORKER, "The exception");

	private final PayloadCodec codec;

	private final String executor;

	private final PayloadLimits limits;

	private final PayloadErrors errors;

	FailureCodec(PayloadCodec codec, String executor, PayloadLimits limits, PayloadErrors errors) {
		this.codec = codec;
		this.executor = executor;
		this.limits = limits;
		this.errors = errors;
	}

	Payload encode(Throwable failure) {
		try {
			return encode(failure, FailureBounds.FULL);
		}
		catch (IOException ex) {
			return encodeBriefly(failure);
		}
	}

	private Payload encodeBriefly(Throwable failure) {
		try {
			return encode(failure, FailureBounds.SHORT);
		}
		catch (IOException ex) {
			try {
				LimitedOutput out = new LimitedOutput(Integer.MAX_VALUE);
				writeTexts(out, failure, FailureBounds.LEAST);
				new PayloadWriter(out).writeString("it is over the limit");
				return out.toPayload();
			}
			catch (IOException impossible) {
				return Payload.of(new byte[0]);
			}
		}
	}

	private Payload encode(Throwable failure, FailureBounds bounds) throws IOException {
		LimitedOutput texts = new LimitedOutput(this.limits.maxBytes());
		writeTexts(texts, failure, bounds);
		LimitedOutput object = new LimitedOutput(this.limits.maxBytes() - texts.size() - 1);
		String reason = writeObject(object, failure);
		new PayloadWriter(texts).writeString(reason);
		if (reason == null) {
			byte[] bytes = object.toByteArray();
			texts.write(bytes, 0, bytes.length);
		}
		return texts.toPayload();
	}

	private static void writeTexts(LimitedOutput out, Throwable failure, FailureBounds bounds) throws IOException {
		new FailureTextWriter(new PayloadWriter(out), bounds).write(failure);
	}

	// Writes the exception itself; returns why that is not possible, null if it was.
	private @Nullable String writeObject(LimitedOutput out, Throwable failure) {
		try {
			this.codec.encode(failure, out);
			out.toByteArray();
			return null;
		}
		catch (Throwable ex) {
			Texts.rethrowFatal(ex);
			PayloadSubject subject = new PayloadSubject(SUBJECT.direction(), SUBJECT.name(),
					List.of(new GraphRoot("exception", failure)));
			return Texts.messageOf(this.errors.notEncoded(subject, ex));
		}
	}

	Throwable decode(Payload payload, PayloadScope scope) {
		PayloadReader in = new PayloadReader(payload);
		FailureText text;
		String reason;
		try {
			text = new FailureTextReader(in).read();
			reason = in.readString();
		}
		catch (IOException ex) {
			PayloadException why = this.errors.notDecoded(SUBJECT, ex);
			return new RemoteTaskException(this.executor, "an exception that cannot be read", why.getMessage(), why);
		}
		if (reason != null) {
			return standIn(text,
					new PayloadException(this.executor, Direction.FROM_WORKER, null, text.className(), reason, null));
		}
		try {
			return rebuild(in, text, payload.size(), scope);
		}
		catch (Throwable ex) {
			// Also a lack of memory: what came from the worker may be the reason for it.
			return standIn(text, this.errors.notDecoded(SUBJECT, ex));
		}
	}

	private Throwable rebuild(PayloadReader in, FailureText text, long length, PayloadScope scope)
			throws IOException, ClassNotFoundException {
		if (length > scope.limits().maxBytes()) {
			throw PayloadLimitException.ofBytes(scope.limits().maxBytes());
		}
		Object object = this.codec.decode(in.rest(), scope);
		if (object instanceof Throwable failure && failure.getClass().getName().equals(text.className())) {
			return failure;
		}
		throw new StreamCorruptedException("it is not a " + text.className());
	}

	// Our own exceptions come whole from their texts; any other says why it is a
	// stand-in.
	private Throwable standIn(FailureText text, PayloadException why) {
		OffloadException standIn = text.toException(this.executor);
		if (!text.isOwn()) {
			standIn.addSuppressed(why);
		}
		return standIn;
	}

}
