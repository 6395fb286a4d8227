package dev.offload.codec.kryo;

import com.esotericsoftware.kryo.util.Util;

/**
 * Has Kryo do without access to raw memory: JVMs warn of it, and a wrong object in a
 * field would damage the heap. Whether it is used is decided once in a JVM, with the
 * first class of Kryo; nothing here depends on it.
 */
final class RawMemory {

	private static final String PROPERTY = "kryo.unsafe";

	private RawMemory() {
	}

	static void avoid() {
		if (System.getProperty(PROPERTY) != null) {
			return;
		}
		System.setProperty(PROPERTY, "false");
		try {
			Util.isUnsafeAvailable();
		}
		finally {
			System.clearProperty(PROPERTY);
		}
	}

}
