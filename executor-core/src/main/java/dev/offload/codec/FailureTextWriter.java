package dev.offload.codec;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Writes an exception as texts. Cycles end where they close; a text that was written
 * before is a number. Used once.
 */
final class FailureTextWriter {

	static final int NEW_TEXT = -1;

	static final int NO_TEXT = -2;

	private static final String CUT_CLASS = "offload";

	private static final String CUT_METHOD = "cut";

	private final PayloadWriter out;

	private final FailureBounds bounds;

	private final Map<String, Integer> known = new HashMap<>();

	private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	FailureTextWriter(PayloadWriter out, FailureBounds bounds) {
		this.out = out;
		this.bounds = bounds;
	}

	void write(Throwable failure) throws IOException {
		this.seen.add(failure);
		write(failure, 0);
	}

	private void write(Throwable failure, int depth) throws IOException {
		writeText(failure.getClass().getName());
		writeText(Texts.messageOf(failure));
		@Nullable String[] own = FailureText.ownArguments(failure);
		this.out.writeInt(own.length);
		for (String argument : own) {
			writeText(argument);
		}
		writeStack(Texts.stackOf(failure));
		Throwable cause = Texts.causeOf(failure);
		writeNested((cause != null) ? new Throwable[] { cause } : new Throwable[0], depth + 1);
		writeNested(failure.getSuppressed(), depth + 1);
	}

	private void writeNested(Throwable[] nested, int depth) throws IOException {
		int cut = 0;
		for (Throwable each : nested) {
			if (depth > this.bounds.depth() || this.seen.size() >= this.bounds.exceptions()) {
				cut += this.seen.contains(each) ? 0 : 1;
			}
			else if (this.seen.add(each)) {
				this.out.writeByte(1);
				write(each, depth);
			}
		}
		if (this.bounds.marksCuts() && cut > 0) {
			writeMark(cut);
		}
		this.out.writeByte(0);
	}

	// In the place of exceptions, as one that has only its text.
	private void writeMark(int cut) throws IOException {
		this.out.writeByte(1);
		writeText(CUT_CLASS + "." + CUT_METHOD);
		writeText(cut + " more");
		this.out.writeInt(0);
		this.out.writeByte(0);
		this.out.writeByte(0);
		this.out.writeByte(0);
	}

	private void writeStack(StackTraceElement[] stack) throws IOException {
		for (int i = 0; i < Math.min(stack.length, this.bounds.frames()); i++) {
			StackTraceElement element = stack[i];
			if (element != null) {
				writeElement(element);
			}
		}
		if (this.bounds.marksCuts() && stack.length > this.bounds.frames()) {
			writeElement(
					new StackTraceElement(CUT_CLASS, CUT_METHOD, stack.length - this.bounds.frames() + " more", -1));
		}
		this.out.writeByte(0);
	}

	private void writeElement(StackTraceElement element) throws IOException {
		this.out.writeByte(1);
		writeText(element.getClassName());
		writeText(element.getMethodName());
		writeText(element.getFileName());
		this.out.writeInt(element.getLineNumber());
	}

	private void writeText(@Nullable String text) throws IOException {
		if (text == null) {
			this.out.writeInt(NO_TEXT);
			return;
		}
		Integer index = this.known.putIfAbsent(text, this.known.size());
		if (index != null) {
			this.out.writeInt(index);
			return;
		}
		this.out.writeInt(NEW_TEXT);
		this.out.writeString(shorten(text));
	}

	private String shorten(String text) {
		int excess = text.length() - this.bounds.characters();
		return (excess <= 0) ? text
				: text.substring(0, this.bounds.characters()) + "... (" + excess + " more characters)";
	}

}
