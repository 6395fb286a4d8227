package dev.offload.pool;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the dump of threads that a JVM prints.
 */
final class JvmDump {

	private static final String FRAME = "at ";

	private JvmDump() {
	}

	/**
	 * The frames of one thread.
	 * @param thread the name of the thread
	 * @param text the dump
	 * @return the frames, innermost first; none if that thread is not in it
	 */
	static List<String> stackOf(String thread, String text) {
		List<String> frames = new ArrayList<>();
		boolean inside = false;
		for (String line : (Iterable<String>) text.lines()::iterator) {
			if (inside && line.isBlank()) {
				break;
			}
			inside |= line.startsWith("\"" + thread + "\" ");
			String stripped = line.strip();
			if (inside && stripped.startsWith(FRAME)) {
				frames.add(stripped.substring(FRAME.length()));
			}
		}
		return frames;
	}

}
