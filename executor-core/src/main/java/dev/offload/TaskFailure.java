package dev.offload;

import java.util.Objects;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * Why a task failed, as text. Two are equal that read the same. Immutable.
 */
public final class TaskFailure {

	private final String type;

	private final String message;

	/**
	 * What the stack is made of when it is asked for first; {@code null} from then on.
	 */
	private volatile @Nullable Object source;

	/** Written by whoever asks first, before the source is forgotten. */
	private volatile @Nullable String stack;

	/**
	 * Creates one of texts.
	 * @param type the name of the class of the exception
	 * @param message its message, empty if it had none
	 * @param stack its stack trace with its causes, which may be cut
	 */
	public TaskFailure(String type, String message, String stack) {
		this.type = Objects.requireNonNull(type, "type");
		this.message = Objects.requireNonNull(message, "message");
		this.stack = Objects.requireNonNull(stack, "stack");
	}

	private TaskFailure(String type, String message, Object source) {
		this.type = type;
		this.message = message;
		this.source = source;
	}

	/**
	 * What is told of an exception. Nothing that the exception refers to is held by it,
	 * but names and texts. Its stack trace becomes text when it is asked for.
	 * @param failure the exception
	 * @return the texts
	 */
	public static TaskFailure of(Throwable failure) {
		try {
			Object source = isPlain(failure) ? failure : StackText.of(failure);
			if (failure instanceof RemoteTaskException remote) {
				return new TaskFailure(remote.className(), text(remote.originalMessage()), source);
			}
			return new TaskFailure(failure.getClass().getName(), text(StackText.messageOf(failure)), source);
		}
		catch (Throwable ex) {
			// No exception of an application keeps its task from its end.
			return new TaskFailure(failure.getClass().getName(), "", failure.getClass().getName() + "\n");
		}
	}

	// It holds nothing of an application: to keep it is cheaper than to read its frames,
	// as it is of thousands of tasks that are refused.
	private static boolean isPlain(Throwable failure) {
		Class<?> type = failure.getClass();
		String owner = type.getPackageName();
		boolean known = owner.equals(TaskFailure.class.getPackageName()) || owner.equals("java.lang")
				|| type == CancellationException.class;
		return known && failure.getCause() == null && failure.getSuppressed().length == 0 && isShort(failure);
	}

	private static boolean isShort(Throwable failure) {
		String message = failure.getMessage();
		return message == null || message.length() <= StackText.MAX_LENGTH;
	}

	private static String text(@Nullable String message) {
		return (message != null) ? StackText.cut(message) : "";
	}

	/**
	 * The class of the exception; that of the original where the service could not
	 * rebuild it.
	 * @return its name
	 */
	public String type() {
		return this.type;
	}

	/**
	 * The message of the exception.
	 * @return the message, which may be cut, empty if it had none
	 */
	public String message() {
		return this.message;
	}

	/**
	 * The stack trace of the exception with its causes.
	 * @return the text, which may be cut
	 */
	public String stack() {
		String known = this.stack;
		while (known == null) {
			Object from = this.source;
			if (from != null) {
				known = ((from instanceof StackText text) ? text : StackText.of((Throwable) from)).render();
				this.stack = known;
				this.source = null;
			}
			else {
				known = this.stack;
			}
		}
		return known;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other == this || (other instanceof TaskFailure failure && this.type.equals(failure.type)
				&& this.message.equals(failure.message) && stack().equals(failure.stack()));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.type, this.message);
	}

	@Override
	public String toString() {
		return this.message.isEmpty() ? this.type : this.type + ": " + this.message;
	}

}
