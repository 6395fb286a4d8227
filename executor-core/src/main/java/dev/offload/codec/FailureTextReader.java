package dev.offload.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link FailureTextWriter} wrote, under the same bounds whatever the bytes
 * say. Used once.
 */
final class FailureTextReader {

	private final PayloadReader in;

	private final List<String> known = new ArrayList<>();

	private int exceptions;

	FailureTextReader(PayloadReader in) {
		this.in = in;
	}

	FailureText read() throws IOException {
		return read(0);
	}

	private FailureText read(int depth) throws IOException {
		this.exceptions++;
		if (depth > FailureBounds.FULL.depth() || this.exceptions > FailureBounds.FULL.exceptions()) {
			throw new StreamCorruptedException("more exceptions than are ever written");
		}
		String className = readName();
		String message = readText();
		List<@Nullable String> own = readOwn();
		List<StackTraceElement> stack = readStack();
		List<FailureText> causes = readNested(depth + 1);
		List<FailureText> suppressed = readNested(depth + 1);
		return new FailureText(className, message, own, stack, causes.isEmpty() ? null : causes.get(0), suppressed);
	}

	private List<@Nullable String> readOwn() throws IOException {
		int count = this.in.readCount();
		List<@Nullable String> own = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			own.add(readText());
		}
		return Collections.unmodifiableList(own);
	}

	private List<StackTraceElement> readStack() throws IOException {
		List<StackTraceElement> stack = new ArrayList<>();
		while (this.in.readByte() != 0) {
			stack.add(new StackTraceElement(readName(), readName(), readText(), this.in.readInt()));
		}
		return stack;
	}

	private List<FailureText> readNested(int depth) throws IOException {
		List<FailureText> nested = new ArrayList<>();
		while (this.in.readByte() != 0) {
			nested.add(read(depth));
		}
		return nested;
	}

	private String readName() throws IOException {
		String name = readText();
		if (name == null) {
			throw new StreamCorruptedException("a name is missing");
		}
		return name;
	}

	private @Nullable String readText() throws IOException {
		int index = this.in.readInt();
		if (index == FailureTextWriter.NO_TEXT) {
			return null;
		}
		if (index == FailureTextWriter.NEW_TEXT) {
			String text = this.in.readName();
			this.known.add(text);
			return text;
		}
		if (index < 0 || index >= this.known.size()) {
			throw new StreamCorruptedException("unknown text " + index);
		}
		return this.known.get(index);
	}

}
