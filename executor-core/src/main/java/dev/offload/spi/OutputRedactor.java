package dev.offload.spi;

/**
 * Takes out of what workers print what nobody is to see, before it reaches log, errors
 * and reports. It sees each line by itself, on the thread that reads the output, so it is
 * quick, and safe for use by many threads.
 *
 * <p>
 * If it fails, the line is left out, and a text that says so stands in its place.
 */
@FunctionalInterface
public interface OutputRedactor {

	/**
	 * Passes every line on as it is.
	 */
	OutputRedactor NONE = (line) -> line;

	/**
	 * Redacts one line: of the output, of the head of a JVM's crash report, or of the
	 * stacks of threads. A line of more than 8 KiB comes in parts.
	 * @param line the line, without its end
	 * @return what is passed on instead
	 */
	String redact(String line);

}
