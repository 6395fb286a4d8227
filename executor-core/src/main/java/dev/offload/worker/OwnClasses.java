package dev.offload.worker;

import java.io.File;
import java.util.List;

import dev.offload.spi.ClassPathStamp;
import dev.offload.spi.OffloadVersion;

/**
 * What a worker says of its classes, for its service to compare.
 */
final class OwnClasses {

	private OwnClasses() {
	}

	/**
	 * The version of this library, and a digest of the class path as it is now.
	 * @return the text
	 */
	static String fingerprint() {
		List<String> paths = List.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1));
		return OffloadVersion.current() + " " + ClassPathStamp.of(paths).digest();
	}

}
