package dev.offload.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Copies a stream to a new file that only this user can read.
 */
final class SpoolWriter {

	private static final int CHUNK = 64 * 1024;

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	private final Path file;

	private final Room room;

	private final String setting;

	private long written;

	SpoolWriter(Path file, Room room, String setting) {
		this.file = file;
		this.room = room;
		this.setting = setting;
	}

	// Copies all. The file is removed if that fails; the message says what went wrong.
	long write(InputStream content) throws IOException {
		try (OutputStream out = open()) {
			copy(content, out);
			return this.written;
		}
		catch (Throwable ex) {
			PrivateDirectory.delete(this.file);
			throw ex;
		}
	}

	// Neither of these streams is closed by an interrupt.
	private OutputStream open() throws IOException {
		try {
			boolean posix = this.file.getFileSystem().supportedFileAttributeViews().contains("posix");
			Files.createFile(this.file, posix ? new FileAttribute<?>[] { OWNER_ONLY } : new FileAttribute<?>[0]);
			return Files.newOutputStream(this.file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
		}
		catch (IOException ex) {
			throw notWritten(ex);
		}
	}

	private void copy(InputStream content, OutputStream out) throws IOException {
		byte[] chunk = new byte[CHUNK];
		int count = read(content, chunk);
		while (count >= 0) {
			this.room.take(count);
			try {
				out.write(chunk, 0, count);
			}
			catch (IOException ex) {
				throw notWritten(ex);
			}
			this.written += count;
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedIOException("its thread was interrupted after " + this.written + " bytes of it");
			}
			count = read(content, chunk);
		}
	}

	private int read(InputStream content, byte[] chunk) throws IOException {
		try {
			return content.read(chunk);
		}
		catch (IOException | RuntimeException ex) {
			throw new IOException("it could not be read after " + this.written + " bytes: " + ex, ex);
		}
	}

	private IOException notWritten(IOException cause) {
		return new IOException("it could not be written to " + this.file.getParent() + " after " + this.written
				+ " bytes, with " + free() + " bytes free there: " + cause + ". Make room there, or set " + this.setting
				+ " to another place", cause);
	}

	private String free() {
		try {
			return String.valueOf(Files.getFileStore(this.file.getParent()).getUsableSpace());
		}
		catch (IOException ex) {
			return "an unknown number of";
		}
	}

	/**
	 * Gives room for bytes that are about to be written.
	 */
	@FunctionalInterface
	interface Room {

		void take(int bytes) throws IOException;

	}

}
