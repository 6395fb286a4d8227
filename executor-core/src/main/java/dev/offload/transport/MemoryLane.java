package dev.offload.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory that both sides have, for long messages: they are copied once on each side, and
 * no call of the system has to carry them. The lane of the announcement tells that one
 * comes here.
 */
final class MemoryLane implements Closeable {

	private final SharedFile file;

	private final RingOut out;

	private final RingIn in;

	private MemoryLane(SharedFile file, boolean made, BooleanSupplier closed) {
		this.file = file;
		this.out = new RingOut(file.ring(made), closed);
		this.in = new RingIn(file.ring(!made), closed);
	}

	static MemoryLane ofMade(SharedFile file, BooleanSupplier closed) {
		return new MemoryLane(file, true, closed);
	}

	static MemoryLane ofOpened(SharedFile file, BooleanSupplier closed) {
		return new MemoryLane(file, false, closed);
	}

	RingIn in() {
		return this.in;
	}

	RingPlace begin() throws IOException {
		return this.out.begin();
	}

	// Writes bytes, all of them.
	void write(ByteBuffer from) throws IOException {
		while (from.hasRemaining()) {
			ByteBuffer room = this.out.room();
			int count = Math.min(room.remaining(), from.remaining());
			room.put(room.position(), from, from.position(), count);
			room.position(room.position() + count);
			from.position(from.position() + count);
			this.out.publish();
		}
	}

	// Writes some of what is left, as much as the other side can read while more comes.
	void writeSome(Remainder rest) throws IOException {
		rest.fill(this.out.room());
		this.out.publish();
	}

	void removeName() {
		try {
			this.file.removeName();
		}
		catch (IOException ex) {
			Log.logger.debug("A file could not be removed, which the end of the worker does", ex);
		}
	}

	// When no thread uses it any more.
	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			Log.logger.debug("A file that two processes shared could not be closed", ex);
		}
	}

	/**
	 * Apart, for a worker maps memory before its logging has to be there.
	 */
	private static final class Log {

		private static final Logger logger = LoggerFactory.getLogger(MemoryLane.class);

	}

}
