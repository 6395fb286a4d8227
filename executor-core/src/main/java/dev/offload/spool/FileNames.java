package dev.offload.spool;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names of files that nobody can guess and that are not used again.
 */
final class FileNames {

	private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

	private FileNames() {
	}

	static String next() {
		return UUID.randomUUID().toString().replace("-", "");
	}

	// Whether a name that was told is one of these: such a name leads nowhere else.
	static boolean matches(String name) {
		return NAME.matcher(name).matches();
	}

}
