package dev.offload.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.RemoteTaskException;

/**
 * An exception as texts, which can always be sent.
 *
 * @param className its class
 * @param message its message
 * @param own the further arguments of its constructor if it is one of ours, otherwise
 * empty
 * @param stack its stack trace
 * @param cause its cause
 * @param suppressed what it suppressed
 */
record FailureText(String className, @Nullable String message, List<@Nullable String> own,
		List<StackTraceElement> stack, @Nullable FailureText cause, List<FailureText> suppressed) {

	private static final int PAYLOAD_ARGUMENTS = 4;

	private static final int REMOTE_ARGUMENTS = 3;

	// What only our own exceptions have: they arrive as themselves even if their cause
	// cannot.
	static @Nullable String[] ownArguments(Throwable failure) {
		if (failure.getClass() == PayloadException.class) {
			PayloadException payload = (PayloadException) failure;
			return new @Nullable String[] { payload.executor(), payload.direction().name(), payload.path(),
					payload.type() };
		}
		if (failure.getClass() == RemoteTaskException.class) {
			RemoteTaskException remote = (RemoteTaskException) failure;
			return new @Nullable String[] { remote.executor(), remote.className(), remote.originalMessage() };
		}
		if (failure.getClass() == OffloadException.class) {
			return new @Nullable String[] { ((OffloadException) failure).executor() };
		}
		return new @Nullable String[0];
	}

	/**
	 * The exception that these texts make.
	 * @param executor the name of the executor
	 * @return one of ours as itself, all others as stand-ins
	 */
	OffloadException toException(String executor) {
		OffloadException exception = create(executor, (this.cause != null) ? this.cause.toException(executor) : null);
		exception.setStackTrace(this.stack.toArray(new StackTraceElement[0]));
		for (FailureText each : this.suppressed) {
			exception.addSuppressed(each.toException(executor));
		}
		return exception;
	}

	// Whether it is one of ours that these texts rebuild as itself.
	boolean isOwn() {
		return (this.className.equals(PayloadException.class.getName()) && this.own.size() == PAYLOAD_ARGUMENTS)
				|| (this.className.equals(RemoteTaskException.class.getName()) && this.own.size() == REMOTE_ARGUMENTS)
				|| (this.className.equals(OffloadException.class.getName()) && this.own.size() == 1);
	}

	private OffloadException create(String executor, @Nullable Throwable rebuilt) {
		if (!isOwn()) {
			return new RemoteTaskException(executor, this.className, this.message, rebuilt);
		}
		String itsExecutor = this.own.get(0);
		if (this.own.size() == PAYLOAD_ARGUMENTS) {
			Direction direction = Direction.TO_WORKER.name().equals(this.own.get(1)) ? Direction.TO_WORKER
					: Direction.FROM_WORKER;
			return new PayloadException(itsExecutor, direction, this.own.get(2), this.own.get(3), textOf(this.message),
					rebuilt);
		}
		if (this.own.size() == REMOTE_ARGUMENTS) {
			return new RemoteTaskException(itsExecutor, textOf(this.own.get(1)), this.own.get(2), rebuilt);
		}
		return new OffloadException(itsExecutor, textOf(this.message), rebuilt);
	}

	private static String textOf(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
