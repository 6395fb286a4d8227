package dev.offload.codec;

import java.io.EOFException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.OptionalDataException;
import java.io.StreamCorruptedException;
import java.io.UTFDataFormatException;

import org.jspecify.annotations.Nullable;

import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.RefusedTypeException;

/**
 * Turns what went wrong in a codec into a {@link PayloadException} that says what to do.
 */
final class PayloadErrors {

	private static final int MAX_CAUSES = 50;

	private final String executor;

	private final PayloadCodec codec;

	PayloadErrors(String executor, PayloadCodec codec) {
		this.executor = executor;
		this.codec = codec;
	}

	PayloadException notEncoded(PayloadSubject subject, Throwable failure) {
		String start = subject.name() + ((subject.direction() == Direction.TO_WORKER)
				? " cannot be sent to a worker of executor '" : " cannot be sent back from a worker of executor '")
				+ this.executor + "': ";
		NotSerializableException unserializable = find(failure, NotSerializableException.class);
		if (unserializable != null) {
			return notSerializable(subject, start, unserializable, failure);
		}
		return common(subject.direction(), start, "written", failure);
	}

	// Without a trace, which says nothing and would be sent once for each of them.
	PayloadException tooLargeTogether(int results, long limit) {
		PayloadException failure = exception(Direction.FROM_WORKER, null,
				"The result of this item cannot be sent back from a worker of executor '" + this.executor + "': the "
						+ results + " results of its chunk are together over the limit of " + limit
						+ " bytes; use smaller chunks, or raise " + property("max-payload-bytes"),
				null);
		failure.setStackTrace(new StackTraceElement[0]);
		return failure;
	}

	PayloadException notDecoded(PayloadSubject subject, Throwable failure) {
		boolean inWorker = subject.direction() == Direction.TO_WORKER;
		String start = inWorker ? subject.name() + " cannot be read in a worker of executor '" + this.executor + "': "
				: subject.name() + " from a worker of executor '" + this.executor + "' cannot be read: ";
		RefusedTypeException refused = find(failure, RefusedTypeException.class);
		if (refused != null) {
			return exception(subject.direction(), refused.type(), start + refusal(refused.type(), inWorker), failure);
		}
		ClassNotFoundException missing = find(failure, ClassNotFoundException.class);
		if (missing != null) {
			String there = inWorker ? "the worker" : "the service";
			return exception(subject.direction(), missing.getMessage(),
					start + "class " + missing.getMessage() + " is not on the class path of " + there, failure);
		}
		return common(subject.direction(), start, "read", failure);
	}

	private PayloadException notSerializable(PayloadSubject subject, String start, NotSerializableException thrown,
			Throwable failure) {
		String type = typeOf(thrown);
		boolean serializable = this.codec.requiresSerializable();
		GraphNode node = serializable ? ObjectGraph.findUnserializable(subject.roots(), type)
				: ObjectGraph.findOfType(subject.roots(), type);
		String reason = serializable ? " is not serializable" : " the codec '" + this.codec.name() + "' cannot write";
		if (node == null) {
			String name = (type != null) ? "class " + type : "a class in it";
			return exception(subject.direction(), type,
					start + name + (serializable ? reason : ", which" + reason) + Advice.of(this.codec), failure);
		}
		String found = node.value().getClass().getName();
		String message = start + node.path() + " is a " + found + ", which" + reason
				+ (serializable ? Advice.of(node, property("codec")) : Advice.of(this.codec));
		return new PayloadException(this.executor, subject.direction(), node.path(), found, message, failure);
	}

	private PayloadException common(Direction direction, String start, String verb, Throwable failure) {
		PayloadLimitException limit = find(failure, PayloadLimitException.class);
		if (limit != null) {
			String advice = limit.isConfigurable() ? "; raise " + property("max-payload-bytes")
					+ " or send less; large content travels as an InputStream or the Path of a "
					+ "file, without that limit" : "; send a flatter or smaller object";
			return exception(direction, null, start + limit.getMessage() + advice, failure);
		}
		InvalidClassException invalid = find(failure, InvalidClassException.class);
		if (invalid != null) {
			return exception(direction, invalid.classname, start + "class " + invalid.getMessage()
					+ "; the service and its workers need the same version of it", failure);
		}
		if (failure instanceof StackOverflowError) {
			return exception(direction, null,
					start + "its objects are nested too deeply for the stack; send a flatter object", failure);
		}
		if (isDamage(failure)) {
			return exception(direction, null, start + "its bytes are damaged (" + Texts.describe(failure) + ")",
					failure);
		}
		return exception(direction, null, start + Texts.describe(failure) + " was thrown while it was " + verb,
				failure);
	}

	private String refusal(String type, boolean inWorker) {
		if (type.startsWith(ScopeFilter.PROXY)) {
			return "it holds a dynamic proxy (" + type + "), and those are never admitted; send data instead";
		}
		if (type.equals(JdkTypes.LAMBDA)) {
			return "it holds a lambda or method reference (" + type + "), and those are not admitted "
					+ (inWorker ? "to" : "from") + " a worker; send data instead";
		}
		return "class " + type + " is not admitted " + (inWorker ? "to" : "from")
				+ " a worker; if its objects are safe to read, add it to " + property("allowed-types");
	}

	private String property(String name) {
		return "offload.executors." + this.executor + "." + name;
	}

	private PayloadException exception(Direction direction, @Nullable String type, String message,
			@Nullable Throwable cause) {
		return new PayloadException(this.executor, direction, null, type, message, cause);
	}

	private static boolean isDamage(Throwable failure) {
		return failure instanceof StreamCorruptedException || failure instanceof EOFException
				|| failure instanceof OptionalDataException || failure instanceof UTFDataFormatException;
	}

	// The message is the name of the class, possibly with more lines for debugging.
	private static @Nullable String typeOf(NotSerializableException ex) {
		String message = ex.getMessage();
		return (message != null) ? message.lines().findFirst().orElse(null) : null;
	}

	private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
		Throwable current = failure;
		for (int i = 0; i < MAX_CAUSES && current != null; i++) {
			if (type.isInstance(current)) {
				return type.cast(current);
			}
			current = Texts.causeOf(current);
		}
		return null;
	}

}
