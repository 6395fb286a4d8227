package dev.offload.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A file with the arguments of the {@code java} command. A class path of any length fits
 * into it, and other users do not see the values in the list of processes.
 */
final class ArgumentFile {

	private ArgumentFile() {
	}

	/**
	 * Writes one, readable by its owner only.
	 * @param file where; must not exist
	 * @param arguments the arguments
	 * @throws IOException if that fails, or if an argument cannot be written in the
	 * encoding in which the other JVM reads it
	 */
	static void write(Path file, List<String> arguments) throws IOException {
		Charset charset = charset();
		StringBuilder text = new StringBuilder();
		for (String argument : arguments) {
			if (!canExpress(argument)) {
				throw new IOException("The worker JVM reads its arguments as " + charset + ", which cannot express '"
						+ argument + "': start the service in a UTF-8 locale, such as LC_ALL=C.UTF-8");
			}
			text.append(quote(argument)).append('\n');
		}
		try {
			writePrivate(file, text.toString().getBytes(charset));
		}
		catch (FileSystemException ex) {
			throw ex;
		}
		catch (IOException ex) {
			// written or not, it does not say which file it is about
			throw new IOException("Cannot write " + file + ": " + ex.getMessage()
					+ ". Make room there, or set java.io.tmpdir to another place", ex);
		}
	}

	private static void writePrivate(Path file, byte[] bytes) throws IOException {
		Files.createFile(file);
		if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		}
		Files.write(file, bytes, StandardOpenOption.WRITE);
	}

	/**
	 * Whether another JVM can be given this text as an argument.
	 * @param argument the text
	 * @return whether it can
	 */
	static boolean canExpress(String argument) {
		return charset().newEncoder().canEncode(argument);
	}

	static String quote(String argument) {
		return '"' + argument.replace("\\", "\\\\")
			.replace("\"", "\\\"")
			.replace("\n", "\\n")
			.replace("\r", "\\r")
			.replace("\t", "\\t")
			.replace("\f", "\\f") + '"';
	}

	private static Charset charset() {
		String name = System.getProperty("sun.jnu.encoding");
		return (name != null && Charset.isSupported(name)) ? Charset.forName(name) : StandardCharsets.UTF_8;
	}

}
