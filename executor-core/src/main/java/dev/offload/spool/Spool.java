package dev.offload.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.codec.PayloadReference;
import dev.offload.spi.StreamedContent;
import dev.offload.spi.StreamedType;

/**
 * The files of one executor in the service: those that it makes of arguments, and those
 * of results, which it takes over from the workers that made them. Safe for use by many
 * threads.
 */
public final class Spool {

	private final String executor;

	private final SpoolSpace space;

	private final StreamedTypes types;

	private final @Nullable OwnRoot own;

	private final SpoolRoot root;

	private final String setting;

	/**
	 * Creates one; nothing is made on the disk yet.
	 * @param spec the settings
	 * @param types what travels by reference
	 * @param root the directory of the pool, which is taken if {@code spool-directory} is
	 * not set; {@code null} for one of its own in {@code java.io.tmpdir}
	 */
	public Spool(ExecutorSpec spec, StreamedTypes types, @Nullable SpoolRoot root) {
		this.executor = spec.name();
		this.space = new SpoolSpace(spec.maxSpoolBytes());
		this.types = types;
		this.setting = "offload.executors." + spec.name() + ".spool-directory";
		String directory = spec.spoolDirectory();
		if (directory == null && root != null) {
			this.own = null;
			this.root = root;
		}
		else {
			this.own = new OwnRoot(
					Path.of((directory != null) ? directory : System.getProperty("java.io.tmpdir")).toAbsolutePath(),
					this.setting);
			this.root = this.own;
		}
	}

	/**
	 * Puts the arguments of a call into files that travel so, on its caller's thread.
	 * @param invocation the call
	 * @param copies whether content may be copied, which those of a batch may not: they
	 * are tried again, and a stream is read once
	 * @return the call without them, or {@code null} if there are none
	 * @throws PayloadException if one cannot be copied
	 */
	public @Nullable StagedCall stage(Invocation invocation, boolean copies) {
		if (invocation.isRepeated()) {
			return null;
		}
		return this.types.matchAny(invocation.arguments()) ? new Staging(this, invocation, copies).stage() : null;
	}

	/**
	 * The directory in which a worker makes files.
	 * @param worker the number of the worker
	 * @return the directory
	 * @throws IOException if it cannot be made
	 */
	public Path directoryOf(int worker) throws IOException {
		return Files.createDirectories(this.root.open().resolve("w" + worker));
	}

	/**
	 * Takes over the file of a result, so that neither its worker nor the end of that can
	 * change or remove it.
	 * @param reference what the worker says
	 * @param directory the directory in which that worker makes files
	 * @return the file
	 * @throws PayloadException if there is no such file, or no room for it
	 */
	public ReturnedFile take(PayloadReference reference, Path directory) {
		if (!FileNames.matches(reference.file())) {
			throw refused("it names the file '" + reference.file() + "', which is none of its worker", null);
		}
		Path made = directory.resolve(reference.file());
		try {
			requireFile(made);
			SpoolFile file = newFile();
			Files.move(made, file.path(), StandardCopyOption.ATOMIC_MOVE);
			return taken(file, reference);
		}
		catch (IOException ex) {
			PrivateDirectory.delete(made);
			throw refused("its file cannot be taken over: " + ex, ex);
		}
	}

	// A link, a pipe or a directory in its place would lead the service elsewhere.
	private static void requireFile(Path path) throws IOException {
		if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isRegularFile()) {
			throw new IOException(path.getFileName() + " is no regular file");
		}
	}

	// From here on nobody else can reach it, so it is looked at once more.
	private ReturnedFile taken(SpoolFile file, PayloadReference reference) throws IOException {
		try {
			requireFile(file.path());
			long length = Files.size(file.path());
			if (length != reference.length()) {
				throw new IOException("it has " + length + " bytes instead of " + reference.length());
			}
			if (!file.grow(length)) {
				throw refused("its " + length + " bytes have no room: the files of the executor hold "
						+ this.space.held() + " bytes, and " + property("max-spool-bytes") + " is " + this.space.limit()
						+ "; raise it, or close what earlier results have given", null);
			}
			return new ReturnedFile(file, reference);
		}
		catch (Throwable ex) {
			file.run();
			throw ex;
		}
	}

	/**
	 * Makes the value of a result that travelled by reference.
	 * @param decoded the result, or an {@link Optional} of it
	 * @param file its file, {@code null} if it has none
	 * @param invocation the call that it is of, {@code null} for a task
	 * @return the value
	 * @throws PayloadException if it cannot be read
	 */
	public @Nullable Object restore(@Nullable Object decoded, @Nullable ReturnedFile file,
			@Nullable Invocation invocation) {
		try {
			return restore(decoded, file, (invocation != null) ? DeclaredResult.of(invocation) : Object.class);
		}
		catch (Throwable ex) {
			if (file != null) {
				file.discard();
			}
			throw ex;
		}
	}

	private @Nullable Object restore(@Nullable Object decoded, @Nullable ReturnedFile file, Class<?> declared) {
		if (decoded instanceof Optional<?> optional) {
			return Optional.ofNullable(restore(optional.orElse(null), file, declared));
		}
		if (!(decoded instanceof PayloadReference reference)) {
			return decoded;
		}
		StreamedType type = this.types.named(reference.type());
		if (type == null) {
			throw refused("a " + reference.type() + " does not travel by reference to the service", null);
		}
		if (!declared.isAssignableFrom(type.type())) {
			throw refused("it arrives as a " + reference.type() + ", and its method declares " + declared.getName()
					+ "; declare " + reference.type() + " there", null);
		}
		try {
			return type.restore((file != null) ? file : named(type, reference));
		}
		catch (IOException | RuntimeException ex) {
			throw refused("it cannot be read: " + ex, ex);
		}
	}

	// The service opens no file that a worker has chosen: only values that are names of
	// files come so.
	private static StreamedContent named(StreamedType type, PayloadReference reference) throws IOException {
		NamedFile named = NamedFile.of(reference);
		if (!StreamedTypes.nameFiles(type)) {
			throw new IOException("its content was named, not sent");
		}
		return named;
	}

	/**
	 * Removes the directory, if it was made for this spool alone.
	 */
	public void close() {
		if (this.own != null) {
			this.own.close();
		}
	}

	String executor() {
		return this.executor;
	}

	StreamedTypes types() {
		return this.types;
	}

	SpoolSpace space() {
		return this.space;
	}

	String setting() {
		return this.setting;
	}

	String property(String name) {
		return "offload.executors." + this.executor + "." + name;
	}

	// A file that is not there yet, and has no bytes.
	SpoolFile newFile() throws IOException {
		return new SpoolFile(this.root.open().resolve(FileNames.next()), this.space);
	}

	private PayloadException refused(String reason, @Nullable Throwable cause) {
		return new PayloadException(this.executor, Direction.FROM_WORKER, "result", null,
				"The result from a worker of executor '" + this.executor + "' cannot be read: " + reason, cause);
	}

}
