package dev.offload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The stack trace of an exception, without the exception: names and places only.
 *
 * @param title the exception as text
 * @param frames where it was made, the innermost first, without those of what encloses it
 * @param more how many frames are left out
 * @param suppressed what it suppressed
 * @param cause its cause
 */
record StackText(String title, List<StackTraceElement> frames, int more, List<StackText> suppressed,
		@Nullable StackText cause) {

	/** The most characters that are kept of a stack, a title or a message. */
	static final int MAX_LENGTH = 16_384;

	static StackText of(Throwable failure) {
		return new Reader().read(failure, new StackTraceElement[0]);
	}

	private static String titleOf(Throwable failure) {
		try {
			return cut(String.valueOf(failure));
		}
		catch (Throwable ex) {
			return failure.getClass().getName();
		}
	}

	// An exception of an application may fail to say what it is.
	static @Nullable String messageOf(Throwable failure) {
		try {
			return failure.getMessage();
		}
		catch (Throwable ex) {
			return null;
		}
	}

	// Not between the halves of one character.
	static String cut(String text) {
		if (text.length() <= MAX_LENGTH) {
			return text;
		}
		boolean inside = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
		return text.substring(0, inside ? MAX_LENGTH - 1 : MAX_LENGTH);
	}

	String render() {
		StringBuilder text = new StringBuilder();
		append(text, "", "");
		return cut(text.toString());
	}

	private void append(StringBuilder text, String indent, String caption) {
		if (text.length() > MAX_LENGTH) {
			return;
		}
		text.append(indent).append(caption).append(this.title).append('\n');
		for (StackTraceElement frame : this.frames) {
			text.append(indent).append("\tat ").append(frame).append('\n');
		}
		if (this.more > 0) {
			text.append(indent).append("\t... ").append(this.more).append(" more\n");
		}
		for (StackText each : this.suppressed) {
			each.append(text, indent + "\t", "Suppressed: ");
		}
		if (this.cause != null) {
			this.cause.append(text, indent, "Caused by: ");
		}
	}

	/**
	 * Reads one exception with all that belongs to it, each once and only so much: what
	 * an application throws may refer to itself, or be without end.
	 */
	private static final class Reader {

		private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

		private int nodesLeft = 50;

		private int framesLeft = 400;

		StackText read(Throwable failure, StackTraceElement[] outer) {
			this.seen.add(failure);
			this.nodesLeft--;
			StackTraceElement[] all = framesOf(failure);
			// So that its causes find room too.
			int kept = Math.min(all.length - common(all, outer), (this.framesLeft + 1) / 2);
			this.framesLeft -= kept;
			List<StackTraceElement> frames = new ArrayList<>(kept);
			for (int i = 0; i < kept; i++) {
				frames.add(all[i]);
			}
			// The cause first: it tells more than what was suppressed, if there is no
			// room for all.
			Throwable causing = causeOf(failure);
			StackText cause = (causing != null && isWanted(causing)) ? read(causing, all) : null;
			List<StackText> suppressed = new ArrayList<>();
			for (Throwable each : failure.getSuppressed()) {
				if (isWanted(each)) {
					suppressed.add(read(each, all));
				}
			}
			return new StackText(titleOf(failure), frames, all.length - kept, suppressed, cause);
		}

		private boolean isWanted(Throwable failure) {
			return this.nodesLeft > 0 && !this.seen.contains(failure);
		}

		private static StackTraceElement[] framesOf(Throwable failure) {
			try {
				StackTraceElement[] frames = failure.getStackTrace();
				return (frames != null) ? frames : new StackTraceElement[0];
			}
			catch (Throwable ex) {
				return new StackTraceElement[0];
			}
		}

		private static @Nullable Throwable causeOf(Throwable failure) {
			try {
				return failure.getCause();
			}
			catch (Throwable ex) {
				return null;
			}
		}

		// How many of the outermost frames it shares with what encloses it.
		private static int common(StackTraceElement[] frames, StackTraceElement[] outer) {
			int count = 0;
			while (count < Math.min(frames.length, outer.length)
					&& Objects.equals(frames[frames.length - 1 - count], outer[outer.length - 1 - count])) {
				count++;
			}
			return count;
		}

	}

}
