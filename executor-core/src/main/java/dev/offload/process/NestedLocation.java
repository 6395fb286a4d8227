package dev.offload.process;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where something lies in an executable archive of Spring Boot, as its class loader
 * addresses it: {@code jar:nested:/srv/app.jar/!BOOT-INF/lib/x.jar!/}.
 *
 * @param archive the archive
 * @param entry the entry in it: a jar, or a directory that ends with a slash
 */
record NestedLocation(Path archive, String entry) {

	static final String PREFIX = "jar:nested:";

	private static final String SEPARATOR = "/!";

	/**
	 * Reads an address.
	 * @param location the address
	 * @return what it says
	 * @throws IOException if it is of another form
	 */
	static NestedLocation parse(String location) throws IOException {
		int separator = location.indexOf(SEPARATOR);
		if (!location.startsWith(PREFIX) || separator < 0) {
			throw new IOException("Not the address of an entry of an executable archive: " + location);
		}
		String archive = decode(location.substring(PREFIX.length(), separator));
		String entry = location.substring(separator + SEPARATOR.length());
		if (entry.endsWith("!/")) {
			entry = entry.substring(0, entry.length() - 2);
		}
		return new NestedLocation(Path.of(archive), decode(entry));
	}

	boolean isDirectory() {
		return this.entry.endsWith("/");
	}

	String fileName() throws IOException {
		String name = this.entry.substring(this.entry.lastIndexOf('/') + 1);
		if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0
				|| name.indexOf('\0') >= 0) {
			throw new IOException("Not the name of a file: " + this.entry + " in " + this.archive);
		}
		return name;
	}

	/** A plus sign stands for itself in the path of an address. */
	private static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}
