package dev.offload.busy;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What happened in this JVM. Safe for use by many threads.
 */
final class Witness {

	private static final Set<String> SEEN = new ConcurrentSkipListSet<>();

	private Witness() {
	}

	static void saw(String what) {
		SEEN.add(what);
	}

	static Set<String> seen() {
		return new TreeSet<>(SEEN);
	}

	static void forget() {
		SEEN.clear();
	}

}
