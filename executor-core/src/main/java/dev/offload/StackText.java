package dev.offload;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The stack trace of an exception, without the exception: names and places only.
 *
 * @param title the exception as text
 * @param frames where it was made, the innermost first
 * @param suppressed what it suppressed
 * @param cause its cause
 */
record StackText(String title, List<StackTraceElement> frames, List<StackText> suppressed, @Nullable StackText cause) {

	/** The most characters of a stack that are kept. */
	static final int MAX_LENGTH = 16_384;

	/** No chain of causes is followed further: it may have no end. */
	private static final int MAX_DEPTH = 20;

	private static final int MAX_SUPPRESSED = 10;

	static StackText of(Throwable failure) {
		return of(failure, MAX_DEPTH);
	}

	private static StackText of(Throwable failure, int depth) {
		List<StackText> suppressed = new ArrayList<>();
		Throwable[] others = failure.getSuppressed();
		for (int i = 0; depth > 0 && i < Math.min(others.length, MAX_SUPPRESSED); i++) {
			suppressed.add(of(others[i], depth / 2));
		}
		Throwable cause = failure.getCause();
		return new StackText(titleOf(failure), List.of(failure.getStackTrace()), List.copyOf(suppressed),
				(cause != null && depth > 0) ? of(cause, depth - 1) : null);
	}

	private static String titleOf(Throwable failure) {
		try {
			return String.valueOf(failure);
		}
		catch (RuntimeException ex) {
			return failure.getClass().getName();
		}
	}

	// An exception of an application may fail to say what it is.
	static @Nullable String messageOf(Throwable failure) {
		try {
			return failure.getMessage();
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	String render() {
		StringBuilder text = new StringBuilder();
		append(text, "", "", List.of());
		if (text.length() > MAX_LENGTH) {
			text.setLength(MAX_LENGTH);
		}
		return text.toString();
	}

	private void append(StringBuilder text, String indent, String caption, List<StackTraceElement> outer) {
		if (text.length() > MAX_LENGTH) {
			return;
		}
		text.append(indent).append(caption).append(this.title).append('\n');
		int common = common(outer);
		for (int i = 0; i < this.frames.size() - common; i++) {
			text.append(indent).append("\tat ").append(this.frames.get(i)).append('\n');
		}
		if (common > 0) {
			text.append(indent).append("\t... ").append(common).append(" more\n");
		}
		for (StackText each : this.suppressed) {
			each.append(text, indent + "\t", "Suppressed: ", this.frames);
		}
		if (this.cause != null) {
			this.cause.append(text, indent, "Caused by: ", this.frames);
		}
	}

	// How many of the outermost frames it shares with what encloses it.
	private int common(List<StackTraceElement> outer) {
		int count = 0;
		while (count < Math.min(this.frames.size(), outer.size())
				&& this.frames.get(this.frames.size() - 1 - count).equals(outer.get(outer.size() - 1 - count))) {
			count++;
		}
		return count;
	}

}
