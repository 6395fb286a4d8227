package dev.offload.transport;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named pipes of one worker, two for each slot, which its service makes beside the
 * start of the worker. The service holds both ends until the worker has its own, so that
 * nobody waits for the other one to open. Safe for use by many threads.
 */
public final class NamedPipes implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(NamedPipes.class);

	private static final int PATIENCE_SECONDS = 2;

	/** What the JDK says of a program that is not there. */
	private static final List<String> NO_SUCH_FILE = List.of("error=2,", "error: 2 ");

	/** It is not tried again where the program is not there. */
	private static volatile boolean possible = true;

	private final Path directory;

	/** Null for those that are taken. Guarded by this list. */
	private final List<@Nullable HeldPair> pairs = new ArrayList<>();

	private NamedPipes(Path directory) {
		this.directory = directory;
	}

	/**
	 * Makes pipes, by a program.
	 * @param directory where
	 * @param slots for how many slots
	 * @return the pipes, {@code null} if this system has none
	 */
	public static @Nullable NamedPipes make(Path directory, int slots) {
		if (!possible) {
			return null;
		}
		NamedPipes pipes = new NamedPipes(directory);
		try {
			if (run(command(directory, slots)) == 0) {
				pipes.hold(slots);
				return pipes;
			}
			logger.debug("No named pipes were made in {}, so that sockets carry all", directory);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			pipes.close();
			// The system may be short of something just now.
			possible = NO_SUCH_FILE.stream().noneMatch(String.valueOf(ex.getMessage())::contains);
			logger.debug("No named pipes can be made in {}, so that sockets carry all", directory, ex);
		}
		return null;
	}

	private static List<String> command(Path directory, int slots) {
		List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
		for (int slot = 1; slot <= slots; slot++) {
			command.add(toWorker(directory, slot).toString());
			command.add(fromWorker(directory, slot).toString());
		}
		return command;
	}

	private static int run(List<String> command) throws IOException, InterruptedException {
		Process program = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			return program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? program.exitValue() : -1;
		}
		finally {
			// nothing if it has ended
			program.destroyForcibly();
		}
	}

	private static Path toWorker(Path directory, int slot) {
		return directory.resolve("t" + slot);
	}

	private static Path fromWorker(Path directory, int slot) {
		return directory.resolve("a" + slot);
	}

	/**
	 * Opens the pipes of one slot, in the worker.
	 * @param directory where they are
	 * @param slot the number of the slot, from 1
	 * @return this side's ends
	 * @throws IOException if they cannot be opened
	 */
	public static PipeLane openInWorker(Path directory, int slot) throws IOException {
		FileInputStream in = new FileInputStream(toWorker(directory, slot).toFile());
		try {
			return new PipeLane(in, null, new FileOutputStream(fromWorker(directory, slot).toFile()));
		}
		catch (IOException ex) {
			in.close();
			throw ex;
		}
	}

	/**
	 * Where they are.
	 * @return the directory
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Takes the pipes of one slot, which its worker has opened, and removes their names.
	 * @param slot the number of the slot, from 1
	 * @return the ends of the service
	 * @throws IOException if they were taken or cannot be opened
	 */
	public PipeLane take(int slot) throws IOException {
		HeldPair pair;
		synchronized (this.pairs) {
			pair = this.pairs.set(slot - 1, null);
		}
		if (pair == null) {
			throw new IOException("The pipes of slot " + slot + " are taken");
		}
		pair.removeNames(this.directory, slot);
		return pair.taken();
	}

	// Those that were not taken. Their names go with the directory.
	@Override
	public void close() {
		synchronized (this.pairs) {
			for (int i = 0; i < this.pairs.size(); i++) {
				HeldPair pair = this.pairs.set(i, null);
				if (pair != null) {
					pair.close();
				}
			}
		}
	}

	private void hold(int slots) throws IOException {
		synchronized (this.pairs) {
			for (int slot = 1; slot <= slots; slot++) {
				this.pairs.add(hold(toWorker(this.directory, slot), fromWorker(this.directory, slot)));
			}
		}
	}

	// Open for both, which does not wait for the other side.
	private static HeldPair hold(Path toWorker, Path fromWorker) throws IOException {
		RandomAccessFile first = new RandomAccessFile(toWorker.toFile(), "rw");
		try {
			FileOutputStream out = new FileOutputStream(toWorker.toFile());
			try {
				return new HeldPair(first, out, new RandomAccessFile(fromWorker.toFile(), "rw"));
			}
			catch (IOException ex) {
				out.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			first.close();
			throw ex;
		}
	}

	private static void closeQuietly(Closeable closeable) {
		try {
			closeable.close();
		}
		catch (IOException ex) {
			logger.debug("A pipe could not be closed", ex);
		}
	}

	/**
	 * What the service has of the pipes of a slot.
	 *
	 * @param toWorker both ends of the one, until the worker has opened it
	 * @param out its end that stays
	 * @param fromWorker both ends of the other, to read and to end a wait in it
	 */
	private record HeldPair(RandomAccessFile toWorker, FileOutputStream out,
			RandomAccessFile fromWorker) implements Closeable {

		// The end of the worker is seen by who writes from now on.
		PipeLane taken() throws IOException {
			closeQuietly(this.toWorker);
			FileDescriptor both = this.fromWorker.getFD();
			return new PipeLane(new FileInputStream(both), new FileOutputStream(both), this.out);
		}

		// If that fails, they go with the directory.
		void removeNames(Path directory, int slot) {
			try {
				Files.deleteIfExists(NamedPipes.toWorker(directory, slot));
				Files.deleteIfExists(NamedPipes.fromWorker(directory, slot));
			}
			catch (IOException ex) {
				logger.debug("The names of pipes could not be removed", ex);
			}
		}

		@Override
		public void close() {
			closeQuietly(this.toWorker);
			closeQuietly(this.out);
			closeQuietly(this.fromWorker);
		}

	}

}
