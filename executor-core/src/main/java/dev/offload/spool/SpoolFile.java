package dev.offload.spool;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file of the service and the room that it takes: both go together, once. Written by
 * one thread, removed by any.
 */
final class SpoolFile implements Runnable {

	private final Path path;

	private final SpoolSpace space;

	private final AtomicBoolean removed = new AtomicBoolean();

	/** Written by the thread that fills the file, before any other knows it. */
	private long length;

	SpoolFile(Path path, SpoolSpace space) {
		this.path = path;
		this.space = space;
	}

	Path path() {
		return this.path;
	}

	long length() {
		return this.length;
	}

	// Takes room for more bytes; false if there is not as much.
	boolean grow(long bytes) {
		boolean taken = this.space.take(bytes);
		if (taken) {
			this.length += bytes;
		}
		return taken;
	}

	// Removes the file; what has it open still reads it where the system knows how.
	@Override
	public void run() {
		if (this.removed.compareAndSet(false, true)) {
			// What cannot be removed still takes its room.
			if (PrivateDirectory.delete(this.path)) {
				this.space.giveBack(this.length);
			}
		}
	}

}
